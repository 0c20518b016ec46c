import type { DiffId } from "#lib/model/digest.ts";
import { EntryKind } from "#lib/model/layer.ts";
import type { LayerListing } from "#lib/model/layer-listing.ts";

/**
 * A layer from one line per entry, in tar order: `etc/` a directory, `etc/passwd 12` a file of 12 bytes, `bin -> usr/bin` a
 * symlink, `b = a` a hard link to a, `- etc/old` a whiteout, `-- etc` an opaque one.
 */
export function buildListing(...lines: readonly string[]): LayerListing {
  const rows = lines.map(toRow);
  return {
    diffId: `sha256:${"0".repeat(64)}` as DiffId,
    tarSize: 0,
    contentSize: rows.reduce((total, row) => total + row.byteCount, 0),
    kind: Uint8Array.from(rows, (row) => row.kind),
    directory: (i) => rows[i]!.path.slice(0, Math.max(rows[i]!.path.lastIndexOf("/"), 0)),
    name: (i) => rows[i]!.path.slice(rows[i]!.path.lastIndexOf("/") + 1),
    link: (i) => rows[i]!.link,
    byteCount: Float64Array.from(rows, (row) => row.byteCount),
    documents: new Map(),
  };
}

interface Row {
  kind: EntryKind;
  path: string;
  link: string;
  byteCount: number;
}

function toRow(line: string): Row {
  const row = { link: "", byteCount: 0 };
  const [first = "", second = "", third = ""] = line.split(" ");
  if (first === "-") return { ...row, kind: EntryKind.whiteout, path: second };
  if (first === "--") return { ...row, kind: EntryKind.opaqueWhiteout, path: second };
  if (second === "->") return { ...row, kind: EntryKind.symlink, path: first, link: third };
  if (second === "=") return { ...row, kind: EntryKind.hardLink, path: first, link: third };
  if (first.endsWith("/")) return { ...row, kind: EntryKind.directory, path: first.slice(0, -1) };
  return { ...row, kind: EntryKind.file, path: first, byteCount: Number(second) };
}
