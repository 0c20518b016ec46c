import { type NarInfo, parseNarInfo } from "#lib/formats/narinfo/index.ts";
import { checkSignatures, parseTrustedKey, type TrustedKey } from "#lib/formats/nix-signature/index.ts";
import { parseStorePath } from "#lib/formats/store-path/index.ts";
import { InputError } from "#lib/model/problem.ts";
import type { SourceEnvironment } from "../environment.ts";
import type { ItemArchives, OpenedStore } from "../store/index.ts";
import { toTables } from "../store/info-tables.ts";
import { STORE_LIMITS } from "../store/table-rows.ts";
import type { BinaryCache } from "./cache.ts";
import type { CacheLocation } from "./cache-location.ts";
import { DirectoryCache } from "./directory-cache.ts";
import { HttpCache } from "./http-cache.ts";

/** Narinfos asked for at the same time. */
const MAX_PARALLEL = 16;

/** What a store needs besides its narinfos. */
interface Beside {
  readonly archives: ItemArchives;
  readonly keys: readonly TrustedKey[];
}

/**
 * Opens the closure of one path of a binary cache, or every path of a cache in a directory, from narinfos; its NARs are fetched
 * only if files are asked for. Throws InputError, UnreachableError.
 */
export async function openCache(
  { base, hashPart }: CacheLocation,
  { environment, signal }: { environment: SourceEnvironment; signal: AbortSignal },
): Promise<OpenedStore> {
  const keys = environment.trustedKeys.flatMap((text) => parseTrustedKey(text) ?? []);
  if (base.kind === "directory") {
    const cache = new DirectoryCache(base.path);
    const beside = { archives: toArchives(() => cache), keys };
    return hashPart === undefined ? openAll(cache, beside) : openClosure(hashPart, cache, beside);
  }
  const open = () => new HttpCache(base.url, { signal, reach: environment.reach });
  const cache = open();
  try {
    return await openClosure(hashPart!, cache, { archives: toArchives(open), keys });
  } finally {
    await cache.close();
  }
}

/** Connects when the first archive is opened: most scans open none. */
function toArchives(open: () => BinaryCache): ItemArchives {
  let cache: BinaryCache | undefined;
  return {
    async open({ url }) {
      cache ??= open();
      return cache.openFile(url);
    },
    async close() {
      await cache?.close();
    },
  };
}

async function openAll(cache: DirectoryCache, beside: Beside): Promise<OpenedStore> {
  const infos = await readInfos(await cache.listHashes(), cache);
  return toStore(
    infos.filter((info) => info !== undefined),
    [],
    beside,
  );
}

/** Walks references breadth first, each path once: a circle ends by itself. */
async function openClosure(root: string, cache: BinaryCache, beside: Beside): Promise<OpenedStore> {
  const seen = new Set([root]);
  const infos: NarInfo[] = [];
  for (let wave = [root]; wave.length > 0; ) {
    const found = (await readInfos(wave, cache)).filter((info) => info !== undefined);
    infos.push(...found);
    wave = newHashes(found, seen);
    if (seen.size > STORE_LIMITS.pathCount) {
      throw new InputError("limit-exceeded", root, `a closure of more than ${STORE_LIMITS.pathCount} store paths`);
    }
  }
  const first = infos[0];
  if (first === undefined)
    throw new InputError("missing-target", `${root}.narinfo`, "the cache does not have this path");
  return toStore(infos, [first.path], beside);
}

function newHashes(infos: readonly NarInfo[], seen: Set<string>): string[] {
  const fresh: string[] = [];
  for (const reference of infos.flatMap(({ references }) => references)) {
    const hash = parseStorePath(reference)?.hashPart;
    if (hash === undefined || seen.has(hash)) continue;
    seen.add(hash);
    fresh.push(hash);
  }
  return fresh;
}

function toStore(infos: readonly NarInfo[], namedRoots: readonly string[], { archives, keys }: Beside): OpenedStore {
  const infoOf = new Map(infos.map((info) => [info.path, info]));
  const tables = toTables(infos, "narinfo");
  const cached = tables.paths.map((path) => {
    const info = infoOf.get(path)!;
    return { files: info.files, signature: checkSignatures(info, info.signatures, keys) };
  });
  const gcRoots = { roots: [], unreadable: [] };
  const keyNames = [...new Set(keys.map(({ name }) => name))];
  const withCached = { ...tables, cached, keyNames };
  return { isOwn: false, tables: withCached, gcRoots, itemsDir: undefined, archives, namedRoots };
}

/** In the order of the hashes, `MAX_PARALLEL` at the same time. */
async function readInfos(hashes: readonly string[], cache: BinaryCache): Promise<(NarInfo | undefined)[]> {
  const infos: (NarInfo | undefined)[] = [];
  for (let i = 0; i < hashes.length; i += MAX_PARALLEL) {
    infos.push(...(await Promise.all(hashes.slice(i, i + MAX_PARALLEL).map((hash) => readInfo(hash, cache)))));
  }
  return infos;
}

async function readInfo(hashPart: string, cache: BinaryCache): Promise<NarInfo | undefined> {
  const bytes = await cache.readNarInfo(hashPart);
  if (bytes === undefined) return undefined;
  const place = `${hashPart}.narinfo`;
  const info = parseNarInfo(Buffer.from(bytes).toString("utf8"), place);
  if (parseStorePath(info.path)?.hashPart === hashPart) return info;
  throw new InputError("bad-database", place, `it describes another path, ${info.path}`);
}
