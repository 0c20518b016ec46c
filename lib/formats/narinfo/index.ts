import { toBase16Hash } from "#lib/formats/nix-hash/index.ts";
import { parseStorePath } from "#lib/formats/store-path/index.ts";
import type { PathInfo } from "#lib/model/path-info.ts";
import { InputError } from "#lib/model/problem.ts";

/** A narinfo of 100,000 references of 250 bytes has 25 MB; real ones have some 2 kB. */
export const MAX_NARINFO_BYTES = 1024 ** 2;

/** One compressed NAR; Guix offers several of one path. */
export interface NarFile {
  /** Relative to the cache. */
  readonly url: string;
  /** `xz`, `zstd`, `gzip`, `bzip2`, `br`, `lzip`, `none`. */
  readonly compression: string;
  /** Bytes; `undefined` if not given. */
  readonly fileSize: number | undefined;
}

export interface NarInfo extends PathInfo {
  readonly files: readonly NarFile[];
  readonly signatures: readonly string[];
}

/** Nix' default where the line is missing (`nar-info.cc`). */
const DEFAULT_COMPRESSION = "bzip2";

/** A `.narinfo` of a Nix or Guix binary cache. Throws InputError naming `place`. */
export function parseNarInfo(text: string, place: string): NarInfo {
  const lines = text.split("\n").flatMap((line) => {
    const colon = line.indexOf(": ");
    // A field without a value ends in its colon.
    if (colon === -1) return line.endsWith(":") ? [[line.slice(0, -1), ""] as const] : [];
    return [[line.slice(0, colon), line.slice(colon + 2).trim()] as const];
  });
  const valuesOf = (name: string) => lines.flatMap(([field, value]) => (field === name ? [value] : []));
  const firstOf = (name: string) => valuesOf(name)[0] ?? "";
  const parsed = parseStorePath(firstOf("StorePath"));
  if (parsed === undefined) throw new InputError("bad-database", place, "not a narinfo: no StorePath");
  const whole = (name: string) => `${parsed.storeDir}/${name}`;
  const deriver = firstOf("Deriver");
  return {
    path: parsed.path,
    narHash: toBase16Hash(firstOf("NarHash")) ?? "",
    narSize: toSize(firstOf("NarSize")),
    references: firstOf("References")
      .split(" ")
      .filter((name) => name !== "")
      .map(whole),
    deriver: deriver === "" || deriver === "unknown-deriver" ? "" : whole(deriver),
    files: listFiles(lines),
    signatures: [...valuesOf("Sig"), ...valuesOf("Signature")],
  };
}

/** `Compression` and `FileSize` belong to the `URL` above them. */
function listFiles(lines: readonly (readonly [string, string])[]): NarFile[] {
  const files: { url: string; compression: string; fileSize: number | undefined }[] = [];
  for (const [field, value] of lines) {
    if (field === "URL") files.push({ url: value, compression: DEFAULT_COMPRESSION, fileSize: undefined });
    else if (field === "Compression" && files.length > 0) files.at(-1)!.compression = value;
    else if (field === "FileSize" && files.length > 0) files.at(-1)!.fileSize = toSize(value);
  }
  return files;
}

function toSize(text: string): number | undefined {
  const size = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(size) ? size : undefined;
}
