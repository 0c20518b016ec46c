import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type ItemTree, naiveNar } from "./store-items.ts";

/** A path of a test's cache. Everything that its narinfo says is correct by default. */
export interface CachedItem {
  readonly path: string;
  readonly tree: ItemTree;
  readonly references?: readonly string[];
  readonly compression?: string;
  /** Compresses the NAR; default: not at all. */
  readonly compress?: (nar: Buffer) => Uint8Array;
  /** Fields of the narinfo instead of the true ones; `undefined` leaves a field out. */
  readonly claims?: Readonly<Record<string, string | number | undefined>>;
}

export interface WrittenItem {
  readonly hashPart: string;
  /** Path of the compressed NAR in the cache. */
  readonly url: string;
  readonly nar: Buffer;
  readonly stored: Uint8Array;
}

/** Writes one path of a binary cache into an existing directory. */
export function writeCachedItem(directory: string, item: CachedItem): WrittenItem {
  const { path, tree, references = [], compression = "none", compress = (nar) => nar, claims } = item;
  const nar = naiveNar(tree);
  const stored = compress(nar);
  const hashPart = basename(path).slice(0, 32);
  const url = `nar/${hashPart}.nar`;
  const fields = {
    StorePath: path,
    URL: url,
    Compression: compression,
    FileHash: hashOf(stored),
    FileSize: stored.length,
    NarHash: hashOf(nar),
    NarSize: nar.length,
    References: references.map((each) => basename(each)).join(" "),
    ...claims,
  };
  const lines = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}\n`]));
  mkdirSync(join(directory, "nar"), { recursive: true });
  writeFileSync(join(directory, `${hashPart}.narinfo`), lines.join(""));
  writeFileSync(join(directory, url), stored);
  return { hashPart, url, nar, stored };
}

function hashOf(bytes: Uint8Array): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
