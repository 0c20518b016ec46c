import { kindColour } from "#lib/display/colours.ts";
import { sizeColours } from "#lib/display/size-colours.ts";
import type { KeptPart } from "#lib/model/kept-tree.ts";

export type ColourBy = "size" | "kind";

interface PartColours {
  readonly colour: string;
  readonly ink: string;
}

const FRAME_KIND = 38;

/** The colours of a part. By size: what is a node itself, what it keeps, and what is not listed. By kind: paler around further parts. */
export function partColours(part: KeptPart, depth: number, by: ColourBy): PartColours {
  if (part.type === "others") return { colour: "var(--size-others)", ink: "var(--ink)" };
  const isDivided = part.parts.length > 0;
  if (by === "kind") {
    const kind = kindColour(part.node.kind);
    return isDivided
      ? { colour: `color-mix(in oklab, ${kind} ${FRAME_KIND}%, var(--raised))`, ink: "var(--ink)" }
      : { colour: kind, ink: "var(--on-kind)" };
  }
  return sizeColours({ alone: part.type === "self" || isAlone(part), divided: isDivided, depth });
}

/** A node that keeps nothing else is only itself. */
function isAlone(part: KeptPart): boolean {
  return part.type === "node" && part.node.keptCount === 0;
}
