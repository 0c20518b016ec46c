import { KindLabel } from "#components/ui/marks.tsx";
import { KINDS } from "#lib/display/colours.ts";
import type { ComponentKind } from "#lib/model/component.ts";
import type { KeptPart } from "#lib/model/kept-tree.ts";
import type { ColourBy } from "./retained-colours.ts";

/** What the colours of the picture mean. */
export function RetainedLegend({ parts, colourBy }: { parts: readonly KeptPart[]; colourBy: ColourBy }) {
  const kinds = listKinds(parts);
  return (
    <ul aria-label="Legend" className="mt-2 flex flex-wrap items-center gap-x-5 gap-y-1 text-xs text-dim">
      {colourBy === "size" ? (
        <>
          <Key className="bg-self">itself</Key>
          <Key className="bg-kept">what it alone keeps</Key>
        </>
      ) : (
        kinds.map((kind) => (
          <li key={kind}>
            <KindLabel kind={kind} />
          </li>
        ))
      )}
      <Key className="bg-others">smaller ones, which open</Key>
      <li>Area and width: retained size. Paler: around further parts.</li>
    </ul>
  );
}

/** In the order of legends. */
function listKinds(parts: readonly KeptPart[]): ComponentKind[] {
  const found = new Set<ComponentKind>();
  for (let level = parts; level.length > 0; level = level.flatMap((part) => part.parts))
    for (const part of level) if (part.type !== "others") found.add(part.node.kind);
  return KINDS.filter((kind) => found.has(kind));
}

function Key({ className, children }: { className: string; children: string }) {
  return (
    <li className="flex items-center gap-1.5">
      <span aria-hidden className={`inline-block size-2.5 rounded-[2px] ${className}`} />
      {children}
    </li>
  );
}
