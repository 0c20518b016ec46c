import type { FileNode } from "#lib/model/file-tree.ts";
import { ENTRY_KIND_NAMES, EntryKind } from "#lib/model/layer.ts";
import type { MovedEntry, MovedTree } from "../sides.ts";

/** What a tree has at a path, as far as two sides can differ in it. Times are left out. */
export interface PathFacts {
  /** Kind and body; a link's target, a device's numbers. */
  readonly content: string;
  /** Mode, owner, extended attributes. */
  readonly attributes: string;
}

/** `undefined` if there is nothing. */
export function factsAt(tree: MovedTree, path: string): PathFacts | undefined {
  const node = tree.lookup(path);
  return node && factsOf(tree, node);
}

/** A directory that no layer lists has whatever attributes an engine gives it: none to compare. */
export function factsOf(tree: MovedTree, node: FileNode): PathFacts {
  const entry = tree.entryOf(node);
  if (entry === undefined) return { content: `${node.kind}`, attributes: "" };
  return { content: contentOf(entry), attributes: attributesOf(entry) };
}

function contentOf({ kind, content, link, device }: MovedEntry): string {
  if (kind === EntryKind.symlink) return `link to ${link}`;
  if (device !== "") return `${ENTRY_KIND_NAMES[kind]} ${device}`;
  return kind === EntryKind.file ? content : `${kind}`;
}

/** The mode of a link means nothing. */
function attributesOf({ kind, mode, uid, gid, xattrs }: MovedEntry): string {
  const bits = kind === EntryKind.symlink ? "" : `mode ${mode.toString(8).padStart(4, "0")}, `;
  const names = [...xattrs].sort().map(([name, value]) => `, ${name} ${Buffer.from(value, "latin1").toString("hex")}`);
  return `${bits}owner ${uid}:${gid}${names.join("")}`;
}

export function isSame(left: PathFacts | undefined, right: PathFacts | undefined): boolean {
  return left?.content === right?.content && left?.attributes === right?.attributes;
}

/** Short enough for a cell. */
export function shortContent(facts: PathFacts | undefined): string {
  if (facts === undefined) return "absent";
  return /^[0-9a-f]{64}$/.test(facts.content) ? `sha256:${facts.content.slice(0, 12)}` : facts.content;
}
