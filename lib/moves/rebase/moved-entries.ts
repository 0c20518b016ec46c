import { EntryKind, entryLink, entryPath, type LayerScan } from "#lib/model/layer.ts";
import type { MovedEntry } from "./sides.ts";

const NO_XATTRS: ReadonlyMap<string, string> = new Map();

/** The entry of a layer in row `i`, with the layer's position in its image. */
export function toMovedEntry(scan: LayerScan, i: number, layer: number): MovedEntry {
  const { entries } = scan;
  const kind = entries.kind[i] as EntryKind;
  return {
    path: entryPath(entries, i),
    kind,
    mode: entries.mode[i]!,
    uid: entries.uid[i]!,
    gid: entries.gid[i]!,
    mtime: entries.mtime[i]!,
    link: entryLink(entries, i),
    xattrs: scan.xattrs?.get(i) ?? NO_XATTRS,
    content: kind === EntryKind.file ? contentOf(scan, i) : "",
    device: scan.devices?.get(i) ?? "",
    byteCount: kind === EntryKind.file ? entries.contentSize[i]! : 0,
    layer,
  };
}

/** The SHA-256 of the body, hexadecimal. */
function contentOf({ entries, contents }: LayerScan, i: number): string {
  const row = entries.content[i]!;
  return Buffer.from(contents.sha256.subarray(row * 32, row * 32 + 32)).toString("hex");
}

/** Every entry of these layers in order, except reserved names, which are in no tree. `first`: position of the first of them. */
export function listMovedEntries(layers: readonly LayerScan[], first: number): MovedEntry[] {
  return layers.flatMap((scan, at) =>
    Array.from({ length: scan.entries.count }, (_, i) => i)
      .filter((i) => scan.entries.kind[i] !== EntryKind.reserved)
      .map((i) => toMovedEntry(scan, i, first + at)),
  );
}
