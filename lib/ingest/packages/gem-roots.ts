import { parseLockfile } from "#lib/formats/gem/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { RootReason } from "#lib/model/root-reason.ts";
import type { Discovery } from "./discovery.ts";
import { parseDocument, readNode } from "./documents.ts";
import type { FoundGems } from "./gems.ts";

const LOCK = "Gemfile.lock";

/** What the roots depend on besides the gems themselves. */
interface Context {
  /** The files that the command starts. */
  readonly started: readonly FileNode[];
  /** 1 for each component with a referrer. */
  readonly referred: Uint8Array;
}

/**
 * The gems that were asked for: those that the Gemfile.lock of the started application names. Without one: the gems without
 * referrers, except those that are part of Ruby.
 */
export function addRequestedGems(discovery: Discovery, { instances, all }: FoundGems, context: Context): void {
  if (instances.length === 0) return;
  const lock = findLock(discovery, context.started);
  const locked = lock === undefined ? undefined : parseDocument(discovery, readNode(discovery, lock), parseLockfile);
  for (const wanted of locked ?? []) {
    const found = all.find(lock!.parent!, wanted);
    if (found !== undefined) discovery.addRoot(found.index, RootReason.named);
  }
  if (locked !== undefined) return;
  for (const { index, isDefault } of instances) {
    if (!isDefault && context.referred[index] === 0) discovery.addRoot(index, RootReason.unreferred);
  }
}

/** The lock file in the directory where the command starts, beside a file that it starts, or beside that one's `bin`. */
function findLock({ tree, options }: Discovery, started: readonly FileNode[]): FileNode | undefined {
  const start = tree.resolve((options.workingDir ?? "").replace(/^\/+/, ""));
  const places = [start, ...started.flatMap(({ parent }) => [parent, parent?.parent])];
  return places.find((place) => place?.children.has(LOCK))?.children.get(LOCK);
}
