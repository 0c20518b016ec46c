"use client";

import { useMemo } from "react";
import { KIND_LABELS, KINDS, mapKindColour } from "#lib/display/colours.ts";
import { mapSideColour, SIDES, type Side } from "#lib/display/sides.ts";
import type { ComponentKind } from "#lib/model/component.ts";
import { areCompared } from "#lib/model/map-nodes.ts";
import { type MapClass, MapClasses } from "#lib/pictures/map/map-classes.ts";
import type { GraphState } from "../graph-address.ts";
import type { LoadedMap } from "./use-map.ts";

/** A choice of what the colours of a map mean. */
export interface Colouring {
  readonly colour: GraphState["colour"];
  readonly label: string;
  /** `undefined`: by stratum. */
  readonly classes: MapClasses | undefined;
}

const BY_STRATUM: Colouring = { colour: "stratum", label: "Stratum", classes: undefined };
const SIDE_ORDER = Object.keys(SIDES) as Side[];

/** What a map can be coloured by, the default first; one choice alone is none. Kinds only if there are several. */
export function useColourings({ section, nodes }: LoadedMap): readonly Colouring[] {
  return useMemo(() => {
    if (section === undefined || nodes === undefined) return [{ ...BY_STRATUM, colour: "size" }];
    const kinds = new MapClasses<MapClass>(section, nodes.kinds, KINDS);
    const byKind = kinds.classes.length > 1 ? [{ colour: "kind", label: "Kind", classes: kinds } as const] : [];
    if (!areCompared(nodes)) return [{ ...BY_STRATUM, colour: "size" }, ...byKind];
    const sides = new MapClasses<MapClass>(section, nodes.sides, SIDE_ORDER);
    return [{ colour: "size", label: "Change", classes: sides }, BY_STRATUM, ...byKind];
  }, [section, nodes]);
}

/** A class in a legend: its colours, and the sign and its colour, if it has one. */
export interface ClassLook {
  readonly label: string;
  readonly own: string;
  readonly fill: string;
  readonly sign?: string;
  readonly text?: string;
}

export function classLook(each: MapClass): ClassLook {
  if (!isSide(each)) {
    return { label: KIND_LABELS[each], own: mapKindColour(each, "own"), fill: mapKindColour(each, "fill") };
  }
  const { label, sign } = SIDES[each];
  const text = each === "both" ? "var(--on-map-same)" : "var(--on-map-side)";
  return { label, sign, text, own: mapSideColour(each, "own"), fill: mapSideColour(each, "fill") };
}

function isSide(each: MapClass): each is Exclude<MapClass, ComponentKind> {
  return each in SIDES;
}
