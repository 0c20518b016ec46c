import { attachmentKind, materialsOf, toStatement } from "#lib/formats/in-toto/index.ts";
import { type Descriptor, parseIndexOrManifest, parseMetadata } from "#lib/formats/oci/index.ts";
import type { AttachedMaterial, Attachment, BaseClaim } from "#lib/model/attached.ts";
import type { Digest } from "#lib/model/digest.ts";
import { InputError, UnreachableError } from "#lib/model/problem.ts";
import { toBlobPath } from "./blob-path.ts";
import { readBlob } from "./read-blob.ts";
import type { BlobStore } from "./source-image.ts";

/** Attestations and referrers read of one image. */
export const MAX_ATTACHED = 64;
/** Documents listed of one image. */
export const MAX_ATTACHED_DOCUMENTS = 256;
/** Base images stored of one image. */
export const MAX_BASE_CLAIMS = 1000;

const ATTESTATION_TYPE = "vnd.docker.reference.type";
const ATTESTED_DIGEST = "vnd.docker.reference.digest";
/** Annotations with a predicate type, as written by BuildKit, cosign and Sigstore bundles. */
const PREDICATE_TYPES = ["in-toto.io/predicate-type", "predicateType", "dev.sigstore.bundle.predicateType"];
/** A descriptor of these media types is a statement, whatever its predicate. */
const STATEMENT = /^application\/(vnd\.in-toto\+json|vnd\.dsse\.envelope\.v1\+json|vnd\.dev\.sigstore\.bundle\b)/;

/** Whether a manifest of an index is about another one there, and not an image (BuildKit, "Image attestation storage"). */
export function isAttestation({ annotations }: Descriptor): boolean {
  return annotations?.[ATTESTATION_TYPE] === "attestation-manifest";
}

/** The attestations among these manifests, by the digest of the image that they are about. */
export function groupAttestations(manifests: readonly Descriptor[]): ReadonlyMap<string, readonly Descriptor[]> {
  return Map.groupBy(manifests.filter(isAttestation), ({ annotations }) => annotations?.[ATTESTED_DIGEST] ?? "");
}

/**
 * Reads what comes with an image: the attestations of its index, and what refers to it. Nothing of that stops a scan: what cannot be
 * read is a fault, and the rest is read.
 */
export async function readAttached(
  store: BlobStore,
  image: Digest,
  attestations: readonly Descriptor[],
): Promise<AttachedMaterial> {
  const reader = new AttachedReader(store);
  await reader.attempt(toBlobPath(image), async () => {
    const referrers = (await store.listReferrers?.(image)) ?? [];
    await reader.readAll([...attestations, ...referrers]);
  });
  return reader.material();
}

class AttachedReader {
  readonly #store: BlobStore;
  readonly #attachments = new Map<string, Attachment>();
  readonly #baseClaims = new Map<string, BaseClaim>();
  readonly #faults: AttachedMaterial["faults"][number][] = [];

  constructor(store: BlobStore) {
    this.#store = store;
  }

  material(): AttachedMaterial {
    return {
      attachments: [...this.#attachments.values()],
      baseClaims: [...this.#baseClaims.values()],
      faults: this.#faults,
    };
  }

  /** Bad input and servers that fail are faults of what comes with the image. */
  async attempt(path: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof InputError) this.#addFault(path, error.code, error.message);
      else if (error instanceof UnreachableError) this.#addFault(path, "missing-blob", error.message);
      else throw error;
    }
  }

  #addFault(path: string, code: InputError["code"], message: string): void {
    this.#faults.push({ path, code, message: `attached to the image, not read: ${message}` });
  }

  async readAll(listed: readonly Descriptor[]): Promise<void> {
    const distinct = [...new Map(listed.map((each) => [each.digest, each])).values()];
    for (const descriptor of distinct.slice(0, MAX_ATTACHED)) {
      const path = toBlobPath(descriptor.digest);
      await this.attempt(path, () => this.#readManifest(descriptor, path));
    }
    if (distinct.length > MAX_ATTACHED)
      throw new InputError("limit-exceeded", "", `${distinct.length} documents, of which ${MAX_ATTACHED} are read`);
  }

  async #readManifest(descriptor: Descriptor, path: string): Promise<void> {
    const bytes = await readBlob(this.#store, descriptor, "manifest");
    const parsed = parseIndexOrManifest(bytes, path, descriptor.mediaType);
    if (!("manifest" in parsed)) return;
    for (const layer of parsed.manifest.layers) {
      if (this.#attachments.size === MAX_ATTACHED_DOCUMENTS)
        throw new InputError("limit-exceeded", path, `more than ${MAX_ATTACHED_DOCUMENTS} documents`);
      const type = predicateType(layer) ?? predicateType(descriptor) ?? layer.mediaType;
      await this.attempt(toBlobPath(layer.digest), () => this.#readDocument(layer, type));
    }
  }

  /** Lists a document that is read, or can be; of a statement without its type, the type is looked up inside. */
  async #readDocument(layer: Descriptor, type: string): Promise<void> {
    const known = attachmentKind(type);
    const isStatement = STATEMENT.test(type);
    if (known === "sbom") this.#add(layer, "sbom", type);
    if (known !== "provenance" && !isStatement) return;
    const place = toBlobPath(layer.digest);
    const statement = toStatement(parseMetadata(await readBlob(this.#store, layer), place), place);
    const kind = statement && attachmentKind(statement.predicateType);
    if (kind === undefined) return;
    this.#add(layer, kind, statement!.predicateType);
    if (kind === "provenance") this.#addClaims(layer, materialsOf(statement!));
  }

  #add({ digest, size }: Descriptor, kind: Attachment["kind"], type: string): void {
    const source = kind === "sbom" ? (this.#store.sbomSource?.(digest) ?? "") : "";
    this.#attachments.set(digest, { kind, type, digest, byteCount: size, source });
  }

  #addClaims({ digest }: Descriptor, materials: ReturnType<typeof materialsOf>): void {
    for (const material of materials) {
      if (this.#baseClaims.size === MAX_BASE_CLAIMS)
        throw new InputError("limit-exceeded", toBlobPath(digest), `more than ${MAX_BASE_CLAIMS} base images`);
      this.#baseClaims.set(`${material.name} ${material.digest}`, { ...material, claimedBy: digest });
    }
  }
}

function predicateType({ annotations = {} }: Descriptor): string | undefined {
  const key = PREDICATE_TYPES.find((each) => annotations[each] !== undefined);
  return key === undefined ? undefined : annotations[key];
}
