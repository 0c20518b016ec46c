import { ArrowDown, ArrowUp } from "lucide-react";
import { labelText } from "#lib/display/shown-text.ts";
import type { MapScene } from "#lib/pictures/map/map-camera.ts";
import { type OutsideGroup, outsideGroups } from "#lib/pictures/map/outside-groups.ts";
import type { Lit } from "./light-up.ts";
import { stratumName } from "./map-gutter.tsx";
import type { MapWords } from "./map-words.ts";

/** Names in a chip; the rest is counted. */
const MAX_NAMES = 2;

interface MapChipsProps {
  readonly lit: Lit;
  readonly words: MapWords;
  readonly scene: MapScene;
  readonly onFly: (position: number) => void;
}

/** The neighbours of the selected node that are outside the view, by stratum: a chip flies to the one that keeps most. */
export function MapChips({ lit, words, scene, onFly }: MapChipsProps) {
  const groups = lit.position < 0 ? [] : outsideGroups(scene, lit);
  if (groups.length === 0) return null;
  return (
    <ul
      aria-label="Neighbours outside the view"
      className="absolute right-3 bottom-2 left-0 flex gap-2 overflow-x-auto px-2 text-xs"
    >
      {groups.map((group) => (
        <li key={`${group.direction}${group.stratum}`} className="shrink-0">
          <button
            type="button"
            onClick={() => onFly(group.positions[0]!)}
            className="flex items-center gap-2 rounded-md border border-line bg-raised px-2.5 py-1.5 text-left hover:bg-shade"
          >
            {group.direction === "up" ? <ArrowUp aria-hidden size={14} /> : <ArrowDown aria-hidden size={14} />}
            <span>
              <span className="block">{namesOf(group, words)}</span>
              <span className="block text-dim">{stratumName(scene.section.strata[group.stratum]!, scene.section)}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function namesOf({ direction, positions }: OutsideGroup, words: MapWords): string {
  const names = positions.slice(0, MAX_NAMES).map((position) => labelText(words.nameOf(position), 24));
  const more = positions.length > names.length ? ` +${positions.length - names.length}` : "";
  return `${direction === "up" ? "needed by " : "needs "}${names.join(", ")}${more}`;
}
