import { listPathEntries, type PathEntry } from "#lib/db/queries/list-path-entries.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { EntryKind } from "#lib/model/layer.ts";
import type { LinkStep, LinkWay } from "#lib/model/opened-file.ts";

/** Links that Linux follows before ELOOP (path_resolution(7)). */
const MAX_LINKS_FOLLOWED = 40;
/** Parts of a path looked up at once: deeper ones do not exist in an image. */
const MAX_PARTS = 256;

interface WayOptions {
  readonly artifactId: number;
  /** The node index of each entry's owner, -1 for one that containers do not see. */
  readonly owners: Int32Array;
}

/** Where a symlink of an image leads, one link at a time, with the root of the image as `/`: links in directories count, too. */
export async function followLinks(db: Queryable, path: string, { artifactId, owners }: WayOptions): Promise<LinkWay> {
  const steps: LinkStep[] = [];
  let at = path;
  const seen = new Set<string>();
  while (steps.length < MAX_LINKS_FOLLOWED && !seen.has(at)) {
    seen.add(at);
    const prefixes = toPrefixes(at);
    const entries: PathEntry[] = prefixes.length > MAX_PARTS ? [] : await listPathEntries(db, artifactId, prefixes);
    const visible = new Map(entries.filter(({ row }) => owners[row] !== -1).map((entry) => [entry.path, entry]));
    const linkPath = prefixes.find((prefix) => visible.get(prefix)?.kind === EntryKind.symlink);
    const link = linkPath === undefined ? undefined : visible.get(linkPath);
    if (linkPath === undefined || link === undefined) return { steps, end: at, endKind: visible.get(at)?.kind };
    steps.push({ path: linkPath, target: link.target });
    at = joinTarget(linkPath, link.target, at.slice(linkPath.length));
  }
  return { steps, end: undefined, endKind: undefined };
}

/** `a`, `a/b`, `a/b/c`. */
function toPrefixes(path: string): string[] {
  const parts = path.split("/");
  return parts.map((_, i) => parts.slice(0, i + 1).join("/"));
}

/** The path after one link; `..` stays at the root. */
function joinTarget(link: string, target: string, rest: string): string {
  const directory = target.startsWith("/") ? [] : link.split("/").slice(0, -1);
  for (const part of `${target}${rest}`.split("/")) {
    if (part === "..") directory.pop();
    else if (part !== "" && part !== ".") directory.push(part);
  }
  return directory.join("/");
}
