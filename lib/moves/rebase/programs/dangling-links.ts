import type { FileNode } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";
import type { Finding } from "#lib/model/rebase-answer.ts";
import { isUpper, toImageLayer } from "../image-layer.ts";
import type { MovedEntry, MovedTree, RebaseSides } from "../sides.ts";
import { isInformational } from "./informational.ts";

export interface DanglingLinks {
  readonly findings: readonly Finding[];
  readonly before: readonly Finding[];
  /** How many links the image's own layers have. */
  readonly count: number;
}

/** Targets that only a running container has. */
const MOUNTED = /^\/?(?:\.\.\/)*(?:proc|dev|run|sys|tmp|var\/run|var\/lock)(?:\/|$)/;

/** Links that led somewhere on the old base, and lead nowhere on the new one. */
export function findDanglingLinks(sides: RebaseSides): DanglingLinks {
  const links = sides.after.names.filter(({ kind }) => kind === EntryKind.symlink);
  const own = links.filter((link) => isUpper(sides, link));
  const dangling = links.filter((link) => !MOUNTED.test(link.linkTarget) && leadsNowhere(sides.after, link.path));
  const known = (link: FileNode) => dangles(sides.before, link.path);
  return {
    findings: [
      ...dangling.filter((link) => !known(link) && !isOfBase(sides, link)).map((link) => toFinding(sides, link)),
      ...sides.upper.filter((entry) => isLostHardLink(sides, entry)).map(toHardLinkFinding),
    ],
    before: dangling
      .filter((link) => known(link) && isUpper(sides, link) && !isInformational(link.path))
      .map((link) => toKnownFinding(sides, link)),
    count: own.length,
  };
}

function leadsNowhere(tree: MovedTree, path: string): boolean {
  return tree.resolve(path) === undefined;
}

/** There is a link at this path, and it dangles. */
function dangles(tree: MovedTree, path: string): boolean {
  return tree.lookup(path)?.kind === EntryKind.symlink && leadsNowhere(tree, path);
}

/** It dangles on the new base alone, too. */
function isOfBase(sides: RebaseSides, link: FileNode): boolean {
  return !isUpper(sides, link) && dangles(sides.newBase, link.path);
}

function toFinding(sides: RebaseSides, link: FileNode): Finding {
  const there = sides.before.lookup(link.path)?.kind === EntryKind.symlink;
  return {
    kind: "link-dangles",
    weight: isInformational(link.path) ? "note" : "blocks",
    path: link.path,
    layer: toImageLayer(sides, link),
    evidence: `→ ${link.linkTarget}: ${there ? "there on the old base, " : ""}not in the rebased image`,
    message: `${link.path} would lead nowhere, since ${link.linkTarget} is not in the rebased image.`,
  };
}

/** A link that leads nowhere on the old base either. */
function toKnownFinding(sides: RebaseSides, link: FileNode): Finding {
  return {
    ...toFinding(sides, link),
    weight: "note",
    evidence: `→ ${link.linkTarget}: missing on the old base, too`,
    message: `${link.path} leads nowhere: ${link.linkTarget} is not in the image.`,
  };
}

/** A layer may link to a name of a layer below, which the new base need not have. Engines refuse the layer, whatever is above it. */
function isLostHardLink({ before, after }: RebaseSides, { kind, path }: MovedEntry): boolean {
  return kind === EntryKind.hardLink && after.danglingHardLinks.has(path) && !before.danglingHardLinks.has(path);
}

function toHardLinkFinding({ path, layer, link }: MovedEntry): Finding {
  return {
    kind: "link-dangles",
    weight: "blocks",
    path,
    layer,
    evidence: `hard link to ${link}: no such file on the new base`,
    message: `No engine could unpack layer ${layer}: ${path} is another name of ${link}, which would not be there.`,
  };
}
