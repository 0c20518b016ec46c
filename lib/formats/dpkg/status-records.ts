import { listFields, splitParagraphs, type TextRecord, type ThreeSides } from "../three-way/index.ts";
import { MAX_PARAGRAPHS } from "./deb822.ts";

/** A package's paragraph of the status database, with what identifies and orders it. */
export interface DebRecord extends TextRecord {
  readonly name: string;
  readonly arch: string;
  readonly version: string;
  /** The third word of the Status field; `installed` if there is none. */
  readonly state: string;
}

/**
 * The records of three states of one database (as latin1), by package. A package is its name, except where one side has it for two
 * architectures. `undefined` if a paragraph names no package or there are too many: dpkg, too, refuses such a file.
 */
export function splitStatusSides(texts: ThreeSides<string>): ThreeSides<DebRecord[]> | undefined {
  const sides = [texts.base, texts.ours, texts.theirs].map(splitStatus);
  const known = sides.filter((records) => records !== undefined);
  if (known.length < 3) return undefined;
  const several = new Set(known.flatMap(listRepeated));
  const keyed = (records: readonly DebRecord[]) =>
    records.map((record) => (several.has(record.name) ? { ...record, key: `${record.name}:${record.arch}` } : record));
  return { base: keyed(known[0]!), ours: keyed(known[1]!), theirs: keyed(known[2]!) };
}

function splitStatus(text: string): DebRecord[] | undefined {
  const paragraphs = splitParagraphs(text);
  const records = paragraphs.map(toRecord);
  const isReadable = paragraphs.length <= MAX_PARAGRAPHS && records.every(({ name }) => name !== "");
  return isReadable ? records : undefined;
}

function toRecord(text: string): DebRecord {
  const fields = new Map(listFields(text).map(({ key, text: field }) => [key, firstLine(field)]));
  const name = fields.get("package") ?? "";
  return {
    key: name,
    text,
    name,
    arch: fields.get("architecture") ?? "",
    version: fields.get("version") ?? "",
    state: fields.get("status")?.split(/\s+/)[2] ?? "installed",
  };
}

function firstLine(field: string): string {
  const end = field.indexOf("\n");
  return field.slice(field.indexOf(":") + 1, end < 0 ? undefined : end).trim();
}

function listRepeated(records: readonly DebRecord[]): string[] {
  const seen = new Set<string>();
  return records.map(({ name }) => name).filter((name) => seen.size === seen.add(name).size);
}

/** dpkg's order of records (`pkg_sorter_by_nonambig_name_arch`): by the bytes of the name, then of the architecture. */
export function compareDebRecords(a: DebRecord, b: DebRecord): number {
  return compareTexts(a.name, b.name) || compareTexts(a.arch, b.arch);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
