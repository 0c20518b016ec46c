import { mergeRecords, type Settle, type TextRecord, type ThreeSides } from "./three-way.ts";

/** The paragraphs of a text, each without the line end after it and without the empty lines around it. */
export function splitParagraphs(text: string): string[] {
  return text
    .split(/\n(?:[ \t\r]*\n)+/)
    .map((paragraph) => paragraph.replace(/^\n+/, "").replace(/\n[ \t\r]*$/, ""))
    .filter((paragraph) => paragraph.trim() !== "");
}

/** The file that dpkg, apt, debconf and apk write of paragraphs: an empty line after each. */
export function joinParagraphs(paragraphs: readonly string[]): string {
  return paragraphs.map((paragraph) => `${paragraph}\n\n`).join("");
}

/** The fields of a paragraph: the key is the lower-case name, the text the whole field with its continuation lines. */
export function listFields(paragraph: string): TextRecord[] {
  if (paragraph === "") return [];
  return paragraph.split(/\n(?![ \t])/).map((text) => {
    const colon = text.indexOf(":");
    return { key: text.slice(0, Math.max(colon, 0)).trimEnd().toLowerCase(), text };
  });
}

/** Merges one paragraph field by field; `undefined` if a field that both sides changed is not settled. */
export function mergeFields(
  { base, ours, theirs }: ThreeSides<string>,
  settle: Settle<TextRecord>,
): string | undefined {
  const sides = { base: listFields(base), ours: listFields(ours), theirs: listFields(theirs) };
  const { records, conflicts } = mergeRecords(sides, settle);
  return conflicts.length > 0 ? undefined : records.map(({ text }) => text).join("\n");
}
