import {
  joinParagraphs,
  listFields,
  mergeFields,
  mergeLines,
  mergeRecords,
  sortLike,
  splitParagraphs,
  type TextRecord,
  type ThreeSides,
} from "#lib/formats/three-way/index.ts";
import type { DatabaseFormat } from "../settled-paths.ts";
import { type MergedText, mergeScripts } from "./merge-scripts.ts";

type MergeText = (texts: ThreeSides<string>, path: string) => MergedText;

/** How each format is merged that is not a list of packages. What both sides changed as a whole is never merged. */
const MERGES: Record<Exclude<DatabaseFormat, "status" | "installed">, MergeText> = {
  lines: (texts) => ({ text: mergeLines(texts) }),
  // What apt knows of a package: the marks of the image's packages count.
  deb822: (texts) => mergeParagraphs(texts, { names: ["package", "architecture"], preferred: "ours" }),
  // What repositories offer: the newer base knows better.
  available: (texts) => mergeParagraphs(texts, { names: ["package", "architecture"], preferred: "theirs" }),
  templates: (texts) => mergeParagraphs(texts, { names: ["name"], preferred: "theirs" }),
  answers: (texts) => mergeParagraphs(texts, { names: ["name"], preferred: "ours" }),
  diversions: (texts) => mergeKeyed(texts, splitTriples, ([path = ""]) => path),
  overrides: (texts) => mergeKeyed(texts, splitSingles, ([line = ""]) => line.split(" ").slice(3).join(" ")),
  scripts: mergeScripts,
  whole: () => ({ conflict: "changed on both sides" }),
};

/** Merges three states of one database; texts are bytes as latin1. */
export function mergeText(
  format: Exclude<DatabaseFormat, "status" | "installed">,
  texts: ThreeSides<string>,
  path: string,
): MergedText {
  return MERGES[format](texts, path);
}

interface ParagraphRule {
  /** The fields that identify a paragraph. */
  readonly names: readonly string[];
  /** The side that counts where both changed one field. */
  readonly preferred: "ours" | "theirs";
}

function mergeParagraphs(texts: ThreeSides<string>, { names, preferred }: ParagraphRule): MergedText {
  const split = (text: string) => splitParagraphs(text).map((paragraph) => toKeyed(paragraph, names));
  const sides = { base: split(texts.base), ours: split(texts.ours), theirs: split(texts.theirs) };
  const { records } = mergeRecords(sides, ({ base, ours, theirs }) => {
    // One side dropped it, the other one still changes it: kept, since it harms nothing.
    if (ours === undefined || theirs === undefined) return ours ?? theirs ?? null;
    const fields = { base: base?.text ?? "", ours: ours.text, theirs: theirs.text };
    const text = mergeFields(fields, (field) => mergeOwners(field) ?? field[preferred] ?? null);
    return { ...ours, text: text ?? ours.text };
  });
  const ordered = sortLike(records, sides, (a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
  return { text: closeLike(joinParagraphs(ordered.map(({ text }) => text)), texts) };
}

function toKeyed(paragraph: string, names: readonly string[]): TextRecord {
  const fields = listFields(paragraph).filter(({ key }) => names.includes(key));
  return { key: fields.map(({ text }) => text.slice(text.indexOf(":") + 1).trim()).join(" "), text: paragraph };
}

/** debconf's `Owners: a, b`: each name is there or not. */
function mergeOwners({ base, ours, theirs }: ThreeSides<TextRecord | undefined>): TextRecord | undefined {
  if (ours?.key !== "owners" || theirs === undefined) return undefined;
  const list = (field: TextRecord | undefined) =>
    (field?.text ?? "Owners:")
      .slice("Owners:".length)
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "");
  const toLines = (field: TextRecord | undefined) =>
    list(field)
      .map((name) => `${name}\n`)
      .join("");
  const merged = mergeLines({ base: toLines(base), ours: toLines(ours), theirs: toLines(theirs) });
  return { key: "owners", text: `Owners: ${merged.trimEnd().split("\n").join(", ")}` };
}

/** apt and debconf differ in the empty line at the end. */
function closeLike(text: string, { ours, theirs }: ThreeSides<string>): string {
  const written = theirs === "" ? ours : theirs;
  return written.endsWith("\n\n") ? text : text.replace(/\n\n$/, "\n");
}

/** Records that are some lines each, the key in them. What both sides changed differently is a conflict. */
function mergeKeyed(
  texts: ThreeSides<string>,
  split: (text: string) => string[][],
  keyOf: (lines: readonly string[]) => string,
): MergedText {
  const toRecords = (text: string) => split(text).map((lines) => ({ key: keyOf(lines), text: lines.join("\n") }));
  const sides = { base: toRecords(texts.base), ours: toRecords(texts.ours), theirs: toRecords(texts.theirs) };
  const { records, conflicts } = mergeRecords(sides, () => undefined);
  if (conflicts[0] !== undefined) return { conflict: `${conflicts[0].key}: changed on both sides` };
  return { text: records.map(({ text }) => `${text}\n`).join("") };
}

function splitSingles(text: string): string[][] {
  return listLines(text).map((line) => [line]);
}

/** dpkg's diversions: path, new path, package. */
function splitTriples(text: string): string[][] {
  const lines = listLines(text);
  return Array.from({ length: Math.ceil(lines.length / 3) }, (_, i) => lines.slice(3 * i, 3 * i + 3));
}

function listLines(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}
