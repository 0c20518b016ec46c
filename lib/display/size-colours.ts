interface SizedPart {
  /** A node that keeps nothing besides itself, or a node's own bytes. */
  readonly alone: boolean;
  /** Further parts are drawn inside it. */
  readonly divided: boolean;
  /** 1 for the outermost. */
  readonly depth: number;
}

/** How much paler the area around further parts is with each level, in percent. */
const PALER = 16;
const MAX_PALER = 64;

/** The colours of a part of a treemap: what is a node itself, and what it alone keeps, paler around further parts. */
export function sizeColours({ alone, divided, depth }: SizedPart): { readonly colour: string; readonly ink: string } {
  if (alone) return { colour: "var(--size-self)", ink: "var(--raised)" };
  const paler = divided ? Math.min(MAX_PALER, PALER * depth) : 0;
  return { colour: `color-mix(in oklab, var(--size-kept), var(--raised) ${paler}%)`, ink: "var(--ink)" };
}
