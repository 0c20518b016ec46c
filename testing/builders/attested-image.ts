import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { sha256 } from "./image-archive.ts";
import { CYCLONEDX_1_6, SPDX_2_2 } from "./sboms.ts";
import { buildTar } from "./tar.ts";

const MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const INDEX = "application/vnd.oci.image.index.v1+json";
const CONFIG = "application/vnd.oci.image.config.v1+json";
const LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
const IN_TOTO = "application/vnd.in-toto+json";
export const SPDX_PREDICATE = "https://spdx.dev/Document";
export const CYCLONEDX_PREDICATE = "https://cyclonedx.org/bom";
export const PROVENANCE_0_2 = "https://slsa.dev/provenance/v0.2";
export const PROVENANCE_1 = "https://slsa.dev/provenance/v1";

export const BASE_DIGEST = `sha256:${"b".repeat(64)}`;
const FRONTEND_DIGEST = `sha256:${"f".repeat(64)}`;

/** A manifest, an index or another blob, and how a descriptor names it. */
export interface BuiltBlob {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly digest: string;
}

export interface BuiltImage {
  /** Configs, layers and attached documents. */
  readonly blobs: readonly BuiltBlob[];
  readonly manifests: readonly BuiltBlob[];
  readonly index: BuiltBlob;
  /** The image's own manifest. */
  readonly image: BuiltBlob;
}

function blob(bytes: Uint8Array, mediaType: string): BuiltBlob {
  return { bytes, mediaType, digest: `sha256:${sha256(bytes)}` };
}

const json = (value: object, mediaType: string) => blob(Buffer.from(JSON.stringify(value)), mediaType);

export function toDescriptor({ bytes, mediaType, digest }: BuiltBlob, annotations?: Record<string, string>) {
  return { mediaType, digest, size: bytes.length, ...(annotations === undefined ? {} : { annotations }) };
}

/** The materials of a build as BuildKit states them: a base, the frontend, and something that is no image. */
const MATERIALS = [
  {
    uri: "pkg:docker/alpine@3.20?platform=linux%2Famd64",
    digest: { sha256: BASE_DIGEST.slice("sha256:".length) },
  },
  { uri: "pkg:docker/docker/dockerfile@1", digest: { sha256: FRONTEND_DIGEST.slice("sha256:".length) } },
  { uri: "https://github.com/example/app.git#refs/heads/main", digest: { sha1: "a".repeat(40) } },
];

/** The images among them. */
export const BASE_CLAIMS = [
  { name: "alpine:3.20", digest: BASE_DIGEST },
  { name: "docker/dockerfile:1", digest: FRONTEND_DIGEST },
];

const PREDICATES: Readonly<Record<string, object>> = {
  [SPDX_PREDICATE]: SPDX_2_2,
  [CYCLONEDX_PREDICATE]: CYCLONEDX_1_6,
  [PROVENANCE_0_2]: { builder: { id: "" }, buildType: "https://mobyproject.org/buildkit@v1", materials: MATERIALS },
  [PROVENANCE_1]: { buildDefinition: { resolvedDependencies: MATERIALS }, runDetails: {} },
};

/** A statement as a blob of an attestation manifest. */
export function buildStatement(predicateType: string, predicate = PREDICATES[predicateType]!): BuiltBlob {
  const subject = [{ name: "pkg:docker/app@1", digest: { sha256: "0".repeat(64) } }];
  const statement = { _type: "https://in-toto.io/Statement/v0.1", predicateType, subject };
  return json({ ...statement, predicate }, IN_TOTO);
}

/** The same in a DSSE envelope, as cosign attaches it. */
export function wrapInEnvelope({ bytes }: BuiltBlob): BuiltBlob {
  const envelope = { payloadType: IN_TOTO, payload: Buffer.from(bytes).toString("base64"), signatures: [{ sig: "" }] };
  return json(envelope, "application/vnd.dsse.envelope.v1+json");
}

/** A manifest of documents, with the predicate types in the annotations of its layers unless they are to be looked up. */
export function buildAttachment(
  documents: readonly BuiltBlob[],
  { types, subject }: { types?: readonly string[]; subject?: BuiltBlob } = {},
) {
  const config = json({ architecture: "unknown", os: "unknown", rootfs: { type: "layers", diff_ids: [] } }, CONFIG);
  const layers = documents.map((document, i) =>
    toDescriptor(document, types === undefined ? undefined : { "in-toto.io/predicate-type": types[i]! }),
  );
  const about = subject === undefined ? {} : { subject: toDescriptor(subject) };
  const manifest = json(
    { schemaVersion: 2, mediaType: MANIFEST, config: toDescriptor(config), layers, ...about },
    MANIFEST,
  );
  return { config, manifest };
}

/** An index as BuildKit pushes it: an image and the attestations about it. */
export function buildAttestedImage(
  predicateTypes: readonly string[],
  text = "hello",
  provenance = PREDICATES[PROVENANCE_0_2]!,
): BuiltImage {
  const tar = buildTar([{ path: "etc/motd", body: text }]);
  const layer = blob(gzipSync(tar), LAYER);
  const rootfs = { type: "layers", diff_ids: [`sha256:${sha256(tar)}`] };
  const config = json({ os: "linux", architecture: "amd64", rootfs }, CONFIG);
  const image = json(
    { schemaVersion: 2, mediaType: MANIFEST, config: toDescriptor(config), layers: [toDescriptor(layer)] },
    MANIFEST,
  );
  const documents = predicateTypes.map((type) =>
    type === PROVENANCE_0_2 ? buildStatement(type, provenance) : buildStatement(type),
  );
  const attached = buildAttachment(documents, { types: predicateTypes });
  const attestation = {
    ...toDescriptor(attached.manifest, {
      "vnd.docker.reference.type": "attestation-manifest",
      "vnd.docker.reference.digest": image.digest,
    }),
    platform: { os: "unknown", architecture: "unknown" },
  };
  const listed = [
    { ...toDescriptor(image), platform: { os: "linux", architecture: "amd64" } },
    ...(predicateTypes.length === 0 ? [] : [attestation]),
  ];
  const index = json({ schemaVersion: 2, mediaType: INDEX, manifests: listed }, INDEX);
  const blobs = [layer, config, attached.config, ...documents];
  return { blobs, manifests: [image, attached.manifest], index, image };
}

/** The list of what refers to an image, as it is under the fallback tag. */
export function buildReferrers(manifests: readonly BuiltBlob[]): BuiltBlob {
  return json({ schemaVersion: 2, mediaType: INDEX, manifests: manifests.map((each) => toDescriptor(each)) }, INDEX);
}

/** Writes an image layout with these blobs, and an `index.json` of these entries; returns the image's source. */
export function writeBlobs(
  folder: string,
  blobs: readonly BuiltBlob[],
  entries: readonly { readonly blob: BuiltBlob; readonly name: string }[],
): string {
  const place = join(folder, "blobs", "sha256");
  mkdirSync(place, { recursive: true });
  for (const { digest, bytes } of [...blobs, ...entries.map((entry) => entry.blob)])
    writeFileSync(join(place, digest.slice("sha256:".length)), bytes);
  writeFileSync(join(folder, "oci-layout"), '{"imageLayoutVersion":"1.0.0"}');
  const manifests = entries.map((entry) =>
    toDescriptor(entry.blob, { "org.opencontainers.image.ref.name": entry.name }),
  );
  writeFileSync(join(folder, "index.json"), JSON.stringify({ schemaVersion: 2, manifests }));
  return `oci:${folder}`;
}
