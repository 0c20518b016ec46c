import type { FileNode } from "#lib/model/file-tree.ts";
import { EntryKind } from "#lib/model/layer.ts";
import type { Finding } from "#lib/model/rebase-answer.ts";
import { isUpper, toImageLayer } from "../image-layer.ts";
import type { MovedEntry, MovedTree, RebaseSides } from "../sides.ts";
import { formatCapabilities } from "./capabilities.ts";

export interface HiddenRights {
  readonly findings: readonly Finding[];
  /** Files of the image's own layers that give rights themselves. */
  readonly count: number;
}

const SETUID = 0o4000;
const SETGID = 0o2000;
const NONE = "none";
const CAPABILITY = "security.capability";

/** Files whose rights the new base changed, and that the image's own layers have as they were, or otherwise. */
export function findHiddenRights(sides: RebaseSides): HiddenRights {
  const own = sides.after.names.filter((node) => node.body !== undefined && isUpper(sides, node));
  return {
    findings: own.flatMap((node) => compareRights(sides, node) ?? []),
    count: own.filter((node) => rightsOf(sides.after.entryOf(node)) !== "").length,
  };
}

function compareRights(sides: RebaseSides, node: FileNode): Finding | undefined {
  const { path } = node;
  const [base, theirs] = [fileAt(sides.oldBase, path), fileAt(sides.newBase, path)];
  const [was, is, ours] = [base, theirs, sides.after.entryOf(node)].map(rightsOf) as [string, string, string];
  if (theirs === undefined || was === is || is === ours) return undefined;
  const before = base === undefined ? "no file" : was || NONE;
  return {
    kind: "rights-hidden",
    weight: "blocks",
    path,
    layer: toImageLayer(sides, node),
    evidence: `${ours || NONE}; old base: ${before}; new base: ${is || NONE}`,
    message:
      is === ""
        ? `${path} would keep ${ours}, which the new base took away.`
        : `${path} would run with ${ours || "no rights of its own"}, and the new base gives it ${is}.`,
  };
}

function fileAt(tree: MovedTree, path: string): MovedEntry | undefined {
  const node = tree.lookup(path);
  return node === undefined || node.kind === EntryKind.directory ? undefined : tree.entryOf(node);
}

/** The rights that a file gives to whoever starts it, with the owner as far as that decides; "" for none. */
function rightsOf(entry: MovedEntry | undefined): string {
  if (entry === undefined || entry.kind === EntryKind.symlink) return "";
  const { mode, uid, gid, xattrs } = entry;
  const capabilities = xattrs.get(CAPABILITY);
  const rights = [
    (mode & SETUID) === 0 ? "" : `setuid ${uid}`,
    (mode & SETGID) === 0 ? "" : `setgid ${gid}`,
    capabilities === undefined ? "" : formatCapabilities(capabilities),
  ];
  return rights.filter((each) => each !== "").join(", ");
}
