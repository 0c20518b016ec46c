import { parseStorePath } from "#lib/formats/store-path/index.ts";
import { UsageError } from "#lib/model/problem.ts";
import type { SourceEnvironment } from "../environment.ts";

/** A binary cache, and the path whose closure is wanted. */
export interface CacheLocation {
  /** Ends in a slash. */
  readonly base: { readonly kind: "url"; readonly url: URL } | { readonly kind: "directory"; readonly path: string };
  /** The hash part of the store path; `undefined` for every path of a directory. */
  readonly hashPart: string | undefined;
}

const HASH_PART = /^[0-9abcdfghijklmnpqrsvwxyz]{32}$/;

/** Parses `DIR-or-URL#STORE-PATH-OR-HASH`. Throws UsageError. */
export function parseCacheLocation(text: string, environment: SourceEnvironment): CacheLocation {
  const sharp = text.lastIndexOf("#");
  const [place, wanted] = sharp === -1 ? [text, undefined] : [text.slice(0, sharp), text.slice(sharp + 1)];
  const hashPart = wanted === undefined ? undefined : parseHashPart(text, wanted);
  if (!/^https?:\/\//.test(place)) {
    if (!environment.allows({ name: "nix-cache", isLocal: true }))
      throw new UsageError(`nix-cache:${text}: only a cache at https:// is allowed here`);
    return { base: { kind: "directory", path: environment.resolvePath(place.replace(/^file:\/\//, "")) }, hashPart };
  }
  const url = URL.parse(place.endsWith("/") ? place : `${place}/`);
  if (url === null) throw new UsageError(`nix-cache:${text}: ${place} is not a URL`);
  if (hashPart === undefined) throw new UsageError(`nix-cache:${text}: add # and a store path or its hash`);
  return { base: { kind: "url", url }, hashPart };
}

function parseHashPart(text: string, wanted: string): string {
  const hashPart = parseStorePath(wanted)?.hashPart ?? wanted.split("-")[0]!;
  if (HASH_PART.test(hashPart)) return hashPart;
  throw new UsageError(`nix-cache:${text}: ${wanted} is neither a store path nor its hash of 32 characters`);
}
