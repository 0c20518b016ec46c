import { EntryKind } from "#lib/model/layer.ts";

export const ENTRY_KIND_WORDS: Readonly<Record<EntryKind, string>> = {
  [EntryKind.file]: "file",
  [EntryKind.directory]: "directory",
  [EntryKind.symlink]: "symbolic link",
  [EntryKind.hardLink]: "hard link",
  [EntryKind.charDevice]: "character device",
  [EntryKind.blockDevice]: "block device",
  [EntryKind.fifo]: "named pipe",
  [EntryKind.whiteout]: "whiteout",
  [EntryKind.opaqueWhiteout]: "opaque whiteout",
  [EntryKind.reserved]: "reserved name",
};

/** Seconds since the epoch as `2026-01-01 00:00:00 UTC`; as a number if no date is that far away. */
export function formatTime(seconds: number): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return `${seconds} s after 1970`;
  return `${date.toISOString().slice(0, -5).replace("T", " ")} UTC`;
}
