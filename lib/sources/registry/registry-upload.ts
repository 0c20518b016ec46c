import { MANIFEST_TYPES, MAX_METADATA_BYTES } from "#lib/formats/oci/index.ts";
import type { Digest } from "#lib/model/digest.ts";
import { UnreachableError } from "#lib/model/problem.ts";
import type { HttpRequest, HttpResponse, RequestBody } from "../http/http-client.ts";
import { readWhole } from "../http/read-whole.ts";
import { digestOfBytes } from "../images/read-blob.ts";
import { type RegistryClient, toRefusal } from "./registry-client.ts";

/** Writes to one repository (distribution-spec, "Push"). Every method throws UnreachableError if it does not answer or refuses. */
export class RegistryUpload {
  readonly #client: RegistryClient;
  readonly #repository: string;
  readonly #scope: string;

  constructor(client: RegistryClient, repository: string) {
    this.#client = client;
    this.#repository = repository;
    this.#scope = `repository:${repository}:pull,push`;
  }

  /** The digest of what a tag names; `undefined` if there is none. Registries need not send it as a header. */
  async findDigest(tag: string): Promise<Digest | undefined> {
    const response = await this.#send(`manifests/${tag}`, { headers: { accept: MANIFEST_TYPES.join(", ") } });
    if (response.status === 404) {
      await response.discard();
      return undefined;
    }
    if (response.status !== 200) throw await toRefusal(response, `${this.#repository}:${tag}`);
    return digestOfBytes(await readWhole(response, MAX_METADATA_BYTES));
  }

  /** Stores a blob, unless the repository has it. `from`: another repository there that has it, for the registry to take it from. */
  async putBlob(digest: Digest, body: RequestBody, from?: string): Promise<void> {
    if (await this.#hasBlob(digest)) return;
    const mount = from === undefined || from === this.#repository ? "" : `?mount=${digest}&from=${from}`;
    const started = await this.#send(`blobs/uploads/${mount}`, { method: "POST" });
    await started.discard();
    // A registry that cannot mount starts an upload instead.
    if (started.status === 201 && mount !== "") return;
    if (started.status !== 202) throw await toRefusal(started, this.#repository, "write");
    const headers = { "content-type": "application/octet-stream" };
    const sent = await this.#sendTo(toLocation(started), { method: "PATCH", headers, body });
    await this.#expect(sent, 202, digest);
    const last = toLocation(sent);
    last.searchParams.set("digest", digest);
    await this.#expect(await this.#sendTo(last, { method: "PUT", headers: { "content-length": "0" } }), 201, digest);
  }

  /** `reference`: a tag, or the manifest's digest. */
  async putManifest(reference: string, bytes: Uint8Array, mediaType: string): Promise<void> {
    const body = { byteCount: bytes.length, open: () => toChunks(bytes) };
    const headers = { "content-type": mediaType };
    const response = await this.#send(`manifests/${reference}`, { method: "PUT", headers, body });
    await this.#expect(response, 201, reference);
  }

  async #hasBlob(digest: Digest): Promise<boolean> {
    const response = await this.#send(`blobs/${digest}`, { method: "HEAD" });
    await response.discard();
    if (response.status === 200) return true;
    if (response.status === 404) return false;
    throw await toRefusal(response, this.#repository, "write");
  }

  async #expect(response: HttpResponse, status: number, what: string): Promise<void> {
    if (response.status !== status) throw await toRefusal(response, `${this.#repository}: ${what}`, "write");
    await response.discard();
  }

  #send(path: string, request: Omit<HttpRequest, "url">): Promise<HttpResponse> {
    return this.#sendTo(new URL(`/v2/${this.#repository}/${path}`, this.#client.base), request);
  }

  #sendTo(url: URL, request: Omit<HttpRequest, "url">): Promise<HttpResponse> {
    return this.#client.send({ ...request, url }, this.#scope);
  }
}

/** Where an upload goes on, which registries may say without a host. */
function toLocation({ headers: { location }, url }: HttpResponse): URL {
  const target = location === undefined ? null : URL.parse(location, url);
  if (target === null) throw new UnreachableError(`${url.host}: the answer does not say where to upload`);
  return target;
}

async function* toChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
