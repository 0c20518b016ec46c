"use client";

import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import type { GraphPicture } from "#lib/views/graph.ts";
import { CanvasView } from "./canvas-view.ts";
import { type GraphState, graphAddress, withOpened } from "./graph-address.ts";
import { Minimap } from "./minimap.tsx";
import { ZoomTools } from "./zoom-tools.tsx";

interface GraphCanvasProps {
  readonly picture: GraphPicture;
  readonly state: GraphState;
  /** Key of the selected node's box. */
  readonly chosen: string | undefined;
}

const ZOOM_STEP = 1.4;
/** A drawing with at most this many boxes is fitted. */
const FEW_BOXES = 8;

/** The drawing. Its content comes from the URL through the server; a click only changes the URL. */
export function GraphCanvas({ picture, state, chosen }: GraphCanvasProps) {
  const container = useRef<HTMLDivElement>(null);
  const frame = useRef<SVGRectElement>(null);
  const [view, setView] = useState<CanvasView>();
  const router = useRouter();
  const go = (address: string) => router.push(address, { scroll: false });
  const deselect = () => {
    if (state.node !== undefined) go(graphAddress(state, { node: undefined }));
  };
  const open = useEffectEvent((element: HTMLElement) =>
    CanvasView.open(element, picture, {
      onNode: (nodeIndex) => select(nodeIndex),
      onGroup: (parent) => openGroup(parent),
      onNothing: () => leave(),
      onMove: ({ x1, y1, w, h }) => {
        const sides = { x: x1, y: y1, width: w, height: h };
        for (const [name, value] of Object.entries(sides)) frame.current?.setAttribute(name, String(value));
      },
    }),
  );
  const select = useEffectEvent((nodeIndex: number) => go(graphAddress(state, { node: String(nodeIndex) })));
  const openGroup = useEffectEvent((parent: number) => go(withOpened(state, parent)));
  const leave = useEffectEvent(deselect);

  // The drawing is created once, removed with the page, and recoloured when the theme changes.
  useEffect(() => {
    if (container.current === null) return;
    let created: CanvasView | undefined;
    let gone = false;
    const theme = new MutationObserver(() => created?.recolour());
    void open(container.current).then((opened) => {
      if (gone) return opened.close();
      created = opened;
      setView(opened);
      theme.observe(document.documentElement, { attributeFilter: ["class"] });
    });
    return () => {
      gone = true;
      theme.disconnect();
      created?.close();
      setView(undefined);
    };
  }, []);
  useEffect(() => view?.show(picture), [view, picture]);
  useEffect(() => view?.choose(chosen, true), [view, chosen]);

  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape") deselect();
    else if (view?.press(event.key)) event.preventDefault();
  };
  return (
    <div className="relative h-full overflow-hidden bg-sunken">
      <div
        ref={container}
        data-testid="graph-canvas"
        data-ready={view !== undefined}
        role="application"
        aria-label="Drawing of the graph. Arrow keys move it, plus and minus zoom, 0 fits it. The table lists the same nodes."
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application that takes keys must be reachable by keyboard
        tabIndex={0}
        onKeyDown={press}
        className="size-full -outline-offset-2"
      />
      {view === undefined ? (
        <p className="absolute inset-0 grid place-items-center text-[0.8125rem] text-dim">Drawing…</p>
      ) : null}
      {picture.elements.length > FEW_BOXES ? (
        <Minimap picture={picture} frame={frame} onPick={(x, y) => view?.centre(x, y)} />
      ) : null}
      <ZoomTools
        zoomOut={() => view?.zoom(1 / ZOOM_STEP)}
        zoomIn={() => view?.zoom(ZOOM_STEP)}
        fit={() => view?.fit()}
        fitLabel="Fit to screen"
        className="absolute right-3 bottom-3"
      />
    </div>
  );
}
