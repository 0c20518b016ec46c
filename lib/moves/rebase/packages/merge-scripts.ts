import { gunzipSync, gzipSync } from "node:zlib";
import { BLOCK_BYTES } from "#lib/formats/tar/index.ts";
import { mergeRecords, type TextRecord, type ThreeSides } from "#lib/formats/three-way/index.ts";

/** The merged text, or why there is none, as short as a table's cell. */
export type MergedText = { readonly text: string } | { readonly conflict: string };

/** Bytes of the scripts of one apk database, uncompressed. Those of all of Alpine are a few MiB. */
export const MAX_SCRIPT_BYTES = 32 * 1024 ** 2;

/**
 * Merges apk's archive of installed scripts: `NAME-VERSION.CHECKSUM.KIND`, so that two builds never share a member's name. Members are
 * kept byte for byte. With `.gz`, as apk-tools 3 writes it, the result is compressed again.
 */
export function mergeScripts(texts: ThreeSides<string>, path: string): MergedText {
  const isCompressed = path.endsWith(".gz");
  const sides = [texts.base, texts.ours, texts.theirs].map((text) => splitMembers(text, isCompressed));
  const [base, ours, theirs] = sides;
  if (base === undefined || ours === undefined || theirs === undefined) return { conflict: "not a plain tar" };
  const { records } = mergeRecords({ base, ours, theirs }, (conflict) => conflict.ours ?? conflict.theirs ?? null);
  const tar = records.map(({ text }) => text).join("") + "\0".repeat(2 * BLOCK_BYTES);
  return { text: isCompressed ? gzipSync(Buffer.from(tar, "latin1")).toString("latin1") : tar };
}

/** The members with their headers and padding; `undefined` if the tar has other than plain ones. */
function splitMembers(text: string, isCompressed: boolean): TextRecord[] | undefined {
  const tar = isCompressed ? inflate(text) : text;
  const members: TextRecord[] = [];
  for (let at = 0; tar !== undefined && at + BLOCK_BYTES <= tar.length && tar[at] !== "\0"; ) {
    const header = tar.slice(at, at + BLOCK_BYTES);
    const size = Number.parseInt(header.slice(124, 136), 8);
    const length = BLOCK_BYTES + Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES;
    if (!(size >= 0) || !"0\0".includes(header[156]!) || at + length > tar.length) return undefined;
    members.push({ key: header.slice(0, 100).replace(/\0.*$/s, ""), text: tar.slice(at, at + length) });
    at += length;
  }
  return tar === undefined ? undefined : members;
}

function inflate(text: string): string | undefined {
  if (text === "") return "";
  try {
    return gunzipSync(Buffer.from(text, "latin1"), { maxOutputLength: MAX_SCRIPT_BYTES }).toString("latin1");
  } catch {
    // Not gzip, damaged, or longer than the limit: then there is nothing to merge.
    return undefined;
  }
}
