import type { LayerChunks, LayerContents } from "#lib/model/layer.ts";
import type { StoreFiles } from "#lib/model/store-files.ts";

/**
 * The same files without unused bodies, which an item dropped halfway leaves behind. Usually there are none, and nothing is
 * copied.
 */
export function keepUsed(files: StoreFiles): StoreFiles {
  const { entries, contents, chunks } = files;
  const newRow = new Int32Array(contents.count).fill(-1);
  for (const content of entries.content) if (content >= 0) newRow[content] = 0;
  const used = Int32Array.from([...newRow.keys()].filter((row) => newRow[row] === 0));
  if (used.length === contents.count) return files;
  for (const [to, from] of used.entries()) newRow[from] = to;
  return {
    ...files,
    entries: { ...entries, content: entries.content.map((content) => (content < 0 ? content : newRow[content]!)) },
    contents: pickContents(contents, used),
    ...(chunks && { chunks: pickChunks(chunks, used) }),
  };
}

function pickContents({ sha256, byteCount }: LayerContents, rows: Int32Array): LayerContents {
  const picked = new Uint8Array(32 * rows.length);
  for (const [to, from] of rows.entries()) picked.set(sha256.subarray(32 * from, 32 * from + 32), 32 * to);
  return { count: rows.length, sha256: picked, byteCount: Float64Array.from(rows, (row) => byteCount[row]!) };
}

/** Chunks without a body stay: only those in use are stored. */
function pickChunks({ start, rows, ...rest }: LayerChunks, bodies: Int32Array): LayerChunks {
  const newStart = new Uint32Array(bodies.length + 1);
  for (const [to, from] of bodies.entries()) newStart[to + 1] = newStart[to]! + start[from + 1]! - start[from]!;
  const newRows = new Int32Array(newStart[bodies.length]!);
  for (const [to, from] of bodies.entries()) newRows.set(rows.subarray(start[from], start[from + 1]), newStart[to]!);
  return { ...rest, start: newStart, rows: newRows };
}
