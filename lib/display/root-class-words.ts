import type { RootClass } from "#lib/model/root-class.ts";
import { formatCount } from "./bytes.ts";

/** Names of roots; the others are a number. */
const NAMED_ROOTS = 3;

/** The roots that keep a class, in words. */
export function rootClassWords({ roots, rootCount, live }: RootClass): string {
  if (rootCount === 0) return live ? "no root; they built something that is kept" : "no root: dead";
  const counts = new Map<string, number>();
  for (const { name } of roots) counts.set(name, (counts.get(name) ?? 0) + 1);
  const shown = [...counts].slice(0, NAMED_ROOTS);
  const more = rootCount - shown.reduce((sum, [, count]) => sum + count, 0);
  const named = shown.map(([name, count]) => (count === 1 ? name : `${name} ×${formatCount(count)}`));
  if (more > 0) return `${named.join(", ")} and ${formatCount(more)} more`;
  const last = named.pop()!;
  return named.length === 0 ? last : `${named.join(", ")} and ${last}`;
}
