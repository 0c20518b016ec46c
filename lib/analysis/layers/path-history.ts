import { EntryKind } from "#lib/model/layer.ts";
import type { PathStep } from "#lib/model/opened-file.ts";

/** An entry at a path or above it. */
interface PathEntry {
  readonly path: string;
  readonly layer: number;
  readonly kind: EntryKind;
  readonly contentId: number;
}

/**
 * What each layer of an image did to a path, the lowest first. `entries`: those at the path and at every directory above it, whiteouts
 * included, lowest layer first. A whiteout applies before the other entries of its layer (OCI image spec, "Whiteouts").
 */
export function computePathHistory(path: string, entries: readonly PathEntry[]): PathStep[] {
  const steps: PathStep[] = [];
  let live: PathEntry | undefined;
  for (const layer of new Set(entries.map((entry) => entry.layer))) {
    const here = entries.filter((entry) => entry.layer === layer);
    const end = here.find((entry) => removes(entry, path));
    const own = here.findLast((entry) => entry.path === path && entry.kind < EntryKind.whiteout);
    if (own !== undefined) {
      const isSameContent = live !== undefined && own.contentId >= 0 && own.contentId === live.contentId;
      steps.push({ layer, deed: live === undefined ? "added" : "changed", because: "", isSameContent });
      live = own;
    } else if (end !== undefined && live !== undefined) {
      const because = end.path === path ? "" : end.path;
      steps.push({ layer, deed: "removed", because, isSameContent: false });
      live = undefined;
    }
  }
  return steps;
}

/** At the path only its whiteout; above it whatever is no directory. */
function removes(entry: PathEntry, path: string): boolean {
  return entry.path === path ? entry.kind === EntryKind.whiteout : entry.kind !== EntryKind.directory;
}
