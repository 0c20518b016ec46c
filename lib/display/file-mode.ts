import { EntryKind } from "#lib/model/layer.ts";

const KIND_LETTERS: Readonly<Record<EntryKind, string>> = {
  [EntryKind.file]: "-",
  [EntryKind.directory]: "d",
  [EntryKind.symlink]: "l",
  [EntryKind.hardLink]: "-",
  [EntryKind.charDevice]: "c",
  [EntryKind.blockDevice]: "b",
  [EntryKind.fifo]: "p",
  [EntryKind.whiteout]: "w",
  [EntryKind.opaqueWhiteout]: "w",
  [EntryKind.reserved]: "w",
};
const SPECIAL = [
  { bit: 0o4000, at: 2, set: "s", unset: "S" },
  { bit: 0o2000, at: 5, set: "s", unset: "S" },
  { bit: 0o1000, at: 8, set: "t", unset: "T" },
];

/** An entry's kind and its twelve permission bits as `ls -l` writes them: `-rwsr-xr-x`. */
export function formatMode(kind: EntryKind, mode: number): string {
  const letters = Array.from("rwxrwxrwx", (letter, i) => ((mode >> (8 - i)) & 1 ? letter : "-"));
  for (const { bit, at, set, unset } of SPECIAL) {
    if (mode & bit) letters[at] = letters[at] === "x" ? set : unset;
  }
  return KIND_LETTERS[kind] + letters.join("");
}
