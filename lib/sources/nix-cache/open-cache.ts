import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { MAX_NARINFO_BYTES, type NarInfo, parseNarInfo } from "#lib/formats/narinfo/index.ts";
import { parseStorePath } from "#lib/formats/store-path/index.ts";
import type { PathInfo } from "#lib/model/path-info.ts";
import { InputError, UnreachableError } from "#lib/model/problem.ts";
import type { SourceEnvironment } from "../environment.ts";
import { HttpClient } from "../http/http-client.ts";
import { readWhole } from "../http/read-whole.ts";
import type { OpenedStore } from "../store/index.ts";
import { toTables } from "../store/info-tables.ts";
import { STORE_LIMITS } from "../store/table-rows.ts";
import type { CacheLocation } from "./cache-location.ts";

/** Narinfos asked for at the same time. */
const MAX_PARALLEL = 16;

/** The bytes of `HASH.narinfo`; `undefined` if the cache does not have it. */
type ReadNarInfo = (hashPart: string) => Promise<Uint8Array | undefined>;

/**
 * Opens the closure of one path of a binary cache, or every path of a cache in a directory, from narinfos alone. Throws
 * InputError, UnreachableError.
 */
export async function openCache(
  { base, hashPart }: CacheLocation,
  { environment, signal }: { environment: SourceEnvironment; signal: AbortSignal },
): Promise<OpenedStore> {
  if (base.kind === "directory") {
    const read: ReadNarInfo = (hash) => readNarInfoFile(base.path, hash);
    return hashPart === undefined ? openAll(base.path, read) : openClosure(hashPart, read);
  }
  const client = new HttpClient({ signal, reach: environment.reach });
  try {
    return await openClosure(hashPart!, (hash) => fetchNarInfo(client, base.url, hash));
  } finally {
    await client.close();
  }
}

async function openAll(directory: string, read: ReadNarInfo): Promise<OpenedStore> {
  const hashes = (await listNames(directory)).flatMap((name) => (name.endsWith(".narinfo") ? [name.slice(0, -8)] : []));
  const infos = await readInfos(hashes, read);
  return toStore(
    infos.filter((info) => info !== undefined),
    [],
  );
}

/** Walks references breadth first, each path once: a circle ends by itself. */
async function openClosure(root: string, read: ReadNarInfo): Promise<OpenedStore> {
  const seen = new Set([root]);
  const infos: PathInfo[] = [];
  for (let wave = [root]; wave.length > 0; ) {
    const found = (await readInfos(wave, read)).filter((info) => info !== undefined);
    infos.push(...found);
    wave = newHashes(found, seen);
    if (seen.size > STORE_LIMITS.pathCount) {
      throw new InputError("limit-exceeded", root, `a closure of more than ${STORE_LIMITS.pathCount} store paths`);
    }
  }
  const first = infos[0];
  if (first === undefined)
    throw new InputError("missing-target", `${root}.narinfo`, "the cache does not have this path");
  return toStore(infos, [first.path]);
}

function newHashes(infos: readonly PathInfo[], seen: Set<string>): string[] {
  const fresh: string[] = [];
  for (const reference of infos.flatMap(({ references }) => references)) {
    const hash = parseStorePath(reference)?.hashPart;
    if (hash === undefined || seen.has(hash)) continue;
    seen.add(hash);
    fresh.push(hash);
  }
  return fresh;
}

function toStore(infos: readonly PathInfo[], namedRoots: readonly string[]): OpenedStore {
  const tables = toTables(infos, "narinfo");
  return { isOwn: false, tables, gcRoots: { roots: [], unreadable: [] }, itemsDir: undefined, namedRoots };
}

/** In the order of the hashes, `MAX_PARALLEL` at the same time. */
async function readInfos(hashes: readonly string[], read: ReadNarInfo): Promise<(NarInfo | undefined)[]> {
  const infos: (NarInfo | undefined)[] = [];
  for (let i = 0; i < hashes.length; i += MAX_PARALLEL) {
    infos.push(...(await Promise.all(hashes.slice(i, i + MAX_PARALLEL).map((hash) => readInfo(hash, read)))));
  }
  return infos;
}

async function readInfo(hashPart: string, read: ReadNarInfo): Promise<NarInfo | undefined> {
  const bytes = await read(hashPart);
  if (bytes === undefined) return undefined;
  const place = `${hashPart}.narinfo`;
  const info = parseNarInfo(Buffer.from(bytes).toString("utf8"), place);
  if (parseStorePath(info.path)?.hashPart === hashPart) return info;
  throw new InputError("bad-database", place, `it describes another path, ${info.path}`);
}

async function fetchNarInfo(client: HttpClient, base: URL, hashPart: string): Promise<Uint8Array | undefined> {
  const response = await client.send({ url: new URL(`${hashPart}.narinfo`, base) });
  if (response.status === 200) return readWhole(response, MAX_NARINFO_BYTES);
  await response.discard();
  // Caches on S3 answer 403 for what is missing; Nix takes it so, too.
  if (response.status === 404 || response.status === 403) return undefined;
  throw new UnreachableError(`${base.host}: ${hashPart}.narinfo: status ${response.status}`);
}

async function readNarInfoFile(directory: string, hashPart: string): Promise<Uint8Array | undefined> {
  try {
    return (await readFile(join(directory, `${hashPart}.narinfo`))).subarray(0, MAX_NARINFO_BYTES);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

async function listNames(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (cause) {
    throw new UnreachableError(`${directory}: cannot be read as a directory`, { cause });
  }
}
