import { sourceOfByteCode } from "#lib/model/byte-code.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import type { Finding } from "#lib/model/rebase-answer.ts";
import { isUpper, toImageLayer } from "../image-layer.ts";
import type { MergedFile, MovedEntry, RebaseSides } from "../sides.ts";
import { entryAt } from "./generated-file.ts";

export interface OutdatedByteCode {
  readonly findings: readonly Finding[];
  readonly merged: readonly MergedFile[];
  readonly count: number;
}

/** `unseen`: Python would run the old code. `seen`: it compares times and sizes, and compiles again. */
type Staleness = "fresh" | "seen" | "unseen";

/**
 * Byte code of the image's own layers whose source is the base's and has changed. Python compares only the seconds and the bytes of the
 * source (PEP 3147): images whose files all have one time can keep old code for new sources.
 */
export function findOutdatedByteCode(sides: RebaseSides): OutdatedByteCode {
  const files = sides.after.names.filter(
    (node) => node.body !== undefined && isUpper(sides, node) && sourceOfByteCode(node.path) !== undefined,
  );
  const judged = files.map((node) => ({ node, staleness: judge(sides, node) }));
  const unseen = judged.filter(({ staleness }) => staleness === "unseen").map(({ node }) => node);
  const seen = judged.filter(({ staleness }) => staleness === "seen").map(({ node }) => node);
  return {
    findings: [...unseen.map((node) => toFinding(sides, node)), ...(seen.length === 0 ? [] : [toNote(sides, seen)])],
    merged: unseen.map(({ path }) => ({ kind: "whiteout", path })),
    count: files.length,
  };
}

/** Beside its source, byte code is imported without it, too. */
function judge({ before, after }: RebaseSides, { path }: FileNode): Staleness {
  const source = sourceOfByteCode(path)!;
  const [old, now] = [entryAt(before, source), entryAt(after, source)];
  if (old === undefined) return "fresh";
  if (now === undefined) return path === `${source}c` ? "unseen" : "seen";
  if (old.content === now.content) return "fresh";
  return isSeen(old, now) ? "seen" : "unseen";
}

function isSeen(old: MovedEntry, now: MovedEntry): boolean {
  return Math.floor(old.mtime) !== Math.floor(now.mtime) || old.byteCount !== now.byteCount;
}

function toFinding(sides: RebaseSides, node: FileNode): Finding {
  const source = sourceOfByteCode(node.path)!;
  return {
    kind: "copy-outdated",
    weight: "merges",
    path: node.path,
    layer: toImageLayer(sides, node),
    evidence: `compiled from the old ${source}`,
    message: `Python would run the code of the old base's ${source}. Removed: Python compiles the new one.`,
  };
}

function toNote(sides: RebaseSides, nodes: readonly FileNode[]): Finding {
  const [node] = nodes as [FileNode];
  return {
    kind: "copy-outdated",
    weight: "note",
    path: node.path,
    layer: toImageLayer(sides, node),
    evidence: `${nodes.length} compiled from sources that the new base changed`,
    message: "Python sees that the byte code is older than its source, and compiles again each time it starts.",
  };
}
