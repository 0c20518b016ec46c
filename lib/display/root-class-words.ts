import type { RootClass } from "#lib/model/root-class.ts";
import { formatCount } from "./bytes.ts";

/** Roots named; the others are a number. */
const NAMED_ROOTS = 3;

/** The roots that keep a class, in words. */
export function rootClassWords({ roots, rootCount, live }: RootClass): string {
  if (rootCount === 0) return live ? "no root; they built something that is kept" : "no root: dead";
  const named = roots.slice(0, NAMED_ROOTS).map(({ name }) => name);
  const more = rootCount - named.length;
  if (more > 0) return `${named.join(", ")} and ${formatCount(more)} more`;
  const last = named.pop()!;
  return named.length === 0 ? last : `${named.join(", ")} and ${last}`;
}
