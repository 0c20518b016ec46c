import { SizeLegend } from "#components/charts/size-legend.tsx";
import { KindLabel } from "#components/ui/marks.tsx";
import { KINDS } from "#lib/display/colours.ts";
import type { ComponentKind } from "#lib/model/component.ts";
import type { KeptPart } from "#lib/model/kept-tree.ts";
import type { ColourBy } from "./retained-colours.ts";

/** What the colours of the picture mean. */
export function RetainedLegend({ parts, colourBy }: { parts: readonly KeptPart[]; colourBy: ColourBy }) {
  const kinds = listKinds(parts).map((kind) => (
    <li key={kind}>
      <KindLabel kind={kind} />
    </li>
  ));
  return (
    <SizeLegend others="smaller ones, which open" note="Area and width: retained size. Paler: around further parts.">
      {colourBy === "size" ? undefined : kinds}
    </SizeLegend>
  );
}

/** In the order of legends. */
function listKinds(parts: readonly KeptPart[]): ComponentKind[] {
  const found = new Set<ComponentKind>();
  for (let level = parts; level.length > 0; level = level.flatMap((part) => part.parts))
    for (const part of level) if (part.type !== "others") found.add(part.node.kind);
  return KINDS.filter((kind) => found.has(kind));
}
