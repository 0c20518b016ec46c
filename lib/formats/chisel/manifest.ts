import { zstdDecompressSync } from "node:zlib";
import { type Fault, FaultList, quote } from "#lib/model/fault.ts";
import { isObject } from "../json/index.ts";
import { eachLine } from "../lines/index.ts";

/** Bytes of a manifest after decompression: 100,000 records. A root of a hundred slices has 20,000. */
export const MAX_CHISEL_TEXT_BYTES = 16 * 1024 ** 2;
/** UTF-16 units of one record; those of paths name all slices that have the path. */
export const MAX_CHISEL_RECORD = 64 * 1024;
/** UTF-16 units of a package's name, version and architecture. */
export const MAX_CHISEL_WORD = 256;

/** A package of which slices are installed. */
interface ChiselPackage {
  readonly name: string;
  readonly version: string;
  readonly arch: string;
  /** Of all its slices, relative to the root; directories are left out. */
  readonly paths: readonly string[];
}

/** PACKAGE_SLICE: neither name has an underscore. */
const SLICE = /^([^_]+)_[^_]+$/;

/** The text of Chisel's `manifest.wall`, which is compressed with zstd; "" if it cannot be decompressed. */
export function unpackChiselManifest(body: Uint8Array): string {
  try {
    return zstdDecompressSync(body, { maxOutputLength: MAX_CHISEL_TEXT_BYTES }).toString("utf8");
  } catch {
    return "";
  }
}

/**
 * Parses a manifest: a record in JSON per line. Those of the kind `package` are packages, those of the kind `content` the paths of
 * their slices. What slices need of each other is not recorded.
 */
export function parseChiselManifest(text: string): { value: ChiselPackage[]; problems: Fault[] } {
  const faults = new FaultList();
  if (!text.startsWith('{"jsonwall":')) {
    faults.add(`is not a manifest of Chisel in zstd of up to ${MAX_CHISEL_TEXT_BYTES} bytes`);
    return { value: [], problems: faults.found };
  }
  const records = [...readRecords(text, faults)];
  const pathsOf = Map.groupBy(records.flatMap(readContent), ({ name }) => name);
  const packages = records.flatMap((record) => readPackage(record, faults));
  const value = packages.map((found) => ({ ...found, paths: (pathsOf.get(found.name) ?? []).map(({ path }) => path) }));
  return { value, problems: faults.found };
}

type JsonRecord = Readonly<Record<string, unknown>>;

/** The packages and contents: the others repeat them. */
function* readRecords(text: string, faults: FaultList): Generator<JsonRecord> {
  for (const { text: line, number } of eachLine(text.trimEnd(), faults)) {
    if (line.startsWith('{"kind":"path"') || line.startsWith('{"kind":"slice"')) continue;
    const record = line.length > MAX_CHISEL_RECORD ? undefined : readJson(line);
    if (record === undefined) faults.add(() => `line ${number} is not a record: ${quote(line)}`);
    else yield record;
  }
}

function readJson(line: string): JsonRecord | undefined {
  try {
    const json: unknown = JSON.parse(line);
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

function readContent({ kind, slice, path }: JsonRecord): { name: string; path: string }[] {
  const name = kind === "content" && typeof slice === "string" ? SLICE.exec(slice)?.[1] : undefined;
  if (name === undefined || typeof path !== "string" || path.endsWith("/")) return [];
  return [{ name, path: path.replace(/^\/+/, "") }];
}

function readPackage(
  { kind, name, version, arch = "" }: JsonRecord,
  faults: FaultList,
): Omit<ChiselPackage, "paths">[] {
  if (kind !== "package") return [];
  if (isWord(name) && isWord(version) && (arch === "" || isWord(arch))) return [{ name, version, arch }];
  faults.add(() => `a package without name and version: ${quote(String(name))}`);
  return [];
}

function isWord(word: unknown): word is string {
  return typeof word === "string" && word.length <= MAX_CHISEL_WORD && /^\S+$/.test(word);
}
