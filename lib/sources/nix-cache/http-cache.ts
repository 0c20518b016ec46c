import { MAX_NARINFO_BYTES } from "#lib/formats/narinfo/index.ts";
import { InputError, UnreachableError } from "#lib/model/problem.ts";
import { HttpClient, type HttpClientOptions, type HttpResponse } from "../http/http-client.ts";
import { readWhole } from "../http/read-whole.ts";
import type { BinaryCache } from "./cache.ts";

/** A binary cache at a URL, which ends in a slash. */
export class HttpCache implements BinaryCache {
  readonly #base: URL;
  readonly #client: HttpClient;

  constructor(base: URL, options: HttpClientOptions) {
    this.#base = base;
    this.#client = new HttpClient(options);
  }

  async readNarInfo(hashPart: string): Promise<Uint8Array | undefined> {
    const name = `${hashPart}.narinfo`;
    const response = await this.#get(new URL(name, this.#base), name);
    return response && readWhole(response, MAX_NARINFO_BYTES);
  }

  /** A URL on another server, which Nix allows, is treated as a redirect there. */
  async openFile(name: string): Promise<AsyncIterable<Uint8Array>> {
    const url = URL.parse(name, this.#base);
    const isHttp = url !== null && /^https?:$/.test(url.protocol);
    if (!isHttp) throw new InputError("bad-database", "", "its narinfo names a file that is not at a URL of HTTP");
    const response = await this.#get(url, name);
    if (response === undefined) throw new InputError("missing-target", "", `the cache does not have ${name}`);
    return response.body;
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  /** `undefined` if it is not there. Caches on S3 answer 403 for what is missing; Nix takes it so, too. */
  async #get(url: URL, name: string): Promise<HttpResponse | undefined> {
    const response = await this.#client.send({ url, namedBy: this.#base });
    if (response.status === 200) return response;
    await response.discard();
    if (response.status === 404 || response.status === 403) return undefined;
    throw new UnreachableError(`${url.host}: ${name}: status ${response.status}`);
  }
}
