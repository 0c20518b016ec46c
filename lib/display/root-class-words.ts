import type { RootClass } from "#lib/model/root-class.ts";
import type { NamedId } from "#lib/model/suspect.ts";
import { formatCount } from "./bytes.ts";
import { splitStorePath } from "./store-path-parts.ts";

/** Names of roots; the others are a number. */
const NAMED_ROOTS = 4;
/** Characters of a store path's hash, as the view of one node has them. */
const HASH_LETTERS = 7;

/** The roots that keep a class, in words. */
export function rootClassWords({ roots, rootCount, live }: RootClass): string {
  if (rootCount === 0) return live ? "no root; they built something that is kept" : "no root: dead";
  if (rootCount === 1) return singleWords(roots[0]!);
  const counts = new Map<string, number>();
  for (const { name } of roots) counts.set(name, (counts.get(name) ?? 0) + 1);
  const shown = [...counts].slice(0, NAMED_ROOTS);
  const more = rootCount - shown.reduce((sum, [, count]) => sum + count, 0);
  const named = shown.map(([name, count]) => (count === 1 ? name : `${name} ×${formatCount(count)}`));
  if (more > 0) return `${named.join(", ")} and ${formatCount(more)} more`;
  const last = named.pop()!;
  return named.length === 0 ? last : `${named.join(", ")} and ${last}`;
}

/** Stores have many paths of one name: a path's hash tells them apart. */
function singleWords({ id, name }: NamedId): string {
  const hash = splitStorePath(id)?.hash;
  return hash === undefined ? name : `${name} ${hash.slice(0, HASH_LETTERS)}`;
}
