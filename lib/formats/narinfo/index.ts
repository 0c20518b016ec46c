import { toBase16Hash } from "#lib/formats/nix-hash/index.ts";
import { parseStorePath } from "#lib/formats/store-path/index.ts";
import type { NarFile, PathInfo } from "#lib/model/path-info.ts";
import { InputError } from "#lib/model/problem.ts";

/** A narinfo of 100,000 references of 250 bytes has 25 MB; real ones have some 2 kB. */
export const MAX_NARINFO_BYTES = 1024 ** 2;

/** Compressed NARs of one path that are kept: Guix offers three. */
const MAX_NAR_FILES = 8;
const MAX_URL_LENGTH = 2048;
const MAX_COMPRESSION_LENGTH = 32;
/** Signatures of one path that are kept, and characters of one: Ed25519 takes 88 after the key's name. */
const MAX_SIGNATURES = 16;
const MAX_SIGNATURE_LENGTH = 512;

export interface NarInfo extends PathInfo {
  readonly files: readonly NarFile[];
  /** `KEY:BASE64`; of Guix' signatures, which are of another kind, `HOST:` alone. */
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
    signatures: [...valuesOf("Sig"), ...valuesOf("Signature").map(toNamedOnly)]
      .filter(({ length }) => length <= MAX_SIGNATURE_LENGTH)
      .slice(0, MAX_SIGNATURES),
  };
}

/** `Compression`, `FileHash` and `FileSize` belong to the `URL` above them. */
function listFiles(lines: readonly (readonly [string, string])[]): NarFile[] {
  const starts = lines.flatMap(([field], i) => (field === "URL" ? [i] : [])).slice(0, MAX_NAR_FILES);
  const files = starts.map((start, i) => {
    const facts = new Map(lines.slice(start, starts[i + 1]));
    return {
      url: facts.get("URL")!,
      compression: (facts.get("Compression") ?? DEFAULT_COMPRESSION).slice(0, MAX_COMPRESSION_LENGTH),
      fileHash: toBase16Hash(facts.get("FileHash") ?? "") ?? "",
      fileSize: toSize(facts.get("FileSize") ?? ""),
    };
  });
  return files.filter(({ url }) => url.length <= MAX_URL_LENGTH);
}

/** Guix' `1;HOST;…`, as `HOST:`. */
function toNamedOnly(signature: string): string {
  return `${signature.split(";")[1] ?? ""}:`;
}

function toSize(text: string): number | undefined {
  const size = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(size) ? size : undefined;
}
