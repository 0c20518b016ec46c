"use client";

import { useRouter, useSearchParams } from "next/navigation";
import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import type { FocusSide } from "#lib/model/focus-answer.ts";
import type { AnyMapNodes } from "#lib/model/map-nodes.ts";
import { LitGraph } from "#lib/pictures/map/lit-sets.ts";
import type { MapSection } from "#lib/pictures/map/map-section.ts";
import { graphAddress, graphParameters } from "../graph-address.ts";
import { currentState, isElsewhere, placeOf, writeCamera } from "./camera-address.ts";
import { type Lit, lightUp } from "./light-up.ts";
import type { MapView } from "./map-view.ts";

interface SelectionProps {
  readonly section: MapSection | undefined;
  readonly nodes: AnyMapNodes | undefined;
  readonly view: MapView | undefined;
  /** The selected node of the address, by its index. */
  readonly chosen: number | undefined;
  /** What lights up with it. */
  readonly side: FocusSide;
  /** URL of the page. */
  readonly page: string;
}

export interface Selection {
  readonly lit: Lit | undefined;
  /** Index of the selected node. */
  readonly selected: number | undefined;
  /** Selects another node, or none: lights it at once, then changes the address. The same function at all times. */
  readonly select: (node: number | undefined) => void;
}

/** The selection of a map, which follows the address, and the address the selection. */
export function useSelection({ section, nodes, view, chosen, side, page }: SelectionProps): Selection {
  const router = useRouter();
  const [lit, setLit] = useState<Lit>();
  const selected = lit === undefined ? chosen : lit.node;
  const litGraph = useMemo(() => (nodes === undefined ? undefined : new LitGraph(nodes)), [nodes]);
  // The picture first: rendering the page and asking for the panel take longer than lighting a set.
  const show = (node: number | undefined) => {
    if (section === undefined) return;
    const next = lightUp(section, litGraph, { node, side });
    view?.select(next.position, next.litAt, [...next.referrers, ...next.references]);
    setLit(next);
  };
  const bringIntoView = (node: number | undefined) => {
    if (node === undefined || section === undefined || currentState(page).z !== undefined) return;
    view?.flyTo(section.positionOf[node]!);
  };
  const change = (node: number | undefined) => {
    show(node);
    if (view !== undefined) writeCamera(view.scene, true);
    const address = graphAddress(currentState(page), { node: node === undefined ? undefined : `${node}`, q: "" });
    requestAnimationFrame(() => router.push(address, { scroll: false }));
  };
  const latest = useRef(change);
  useEffect(() => {
    latest.current = change;
  });
  const select = useCallback((node: number | undefined) => latest.current(node), []);

  // The edges arrive after the first picture.
  const relight = useEffectEvent(() => {
    show(selected);
    bringIntoView(selected);
  });
  useEffect(() => {
    if (view !== undefined && litGraph !== undefined) relight();
  }, [view, litGraph]);
  const relightSide = useEffectEvent(() => {
    if (view !== undefined && litGraph !== undefined) show(selected);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another side lights another set
  useEffect(() => relightSide(), [side]);
  // A selection from elsewhere: a link, the search, the back button. One's own click is in view already.
  const follow = useEffectEvent((node: number | undefined) => {
    if (node === selected) return;
    show(node);
    bringIntoView(node);
  });
  useEffect(() => follow(chosen), [chosen]);
  const parameters = useSearchParams();
  const restore = useEffectEvent((query: URLSearchParams) => {
    const place = placeOf(graphParameters.parse(query));
    if (view !== undefined && place !== undefined && isElsewhere(view.scene, place)) view.place(place);
  });
  useEffect(() => restore(new URLSearchParams(parameters)), [parameters]);
  return { lit, selected, select };
}
