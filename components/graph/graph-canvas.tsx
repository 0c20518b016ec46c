"use client";

import { Maximize, Minus, Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import type { GraphPicture } from "#lib/views/graph.ts";
import { CanvasView } from "./canvas-view.ts";
import { type GraphState, graphAddress, withOpened } from "./graph-address.ts";
import { Minimap } from "./minimap.tsx";

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
  const view = useRef<CanvasView>(undefined);
  const frame = useRef<SVGRectElement>(null);
  const [ready, setReady] = useState(false);
  const latest = useLatest({ picture, state });
  useCanvas({ container, view, frame, latest, setReady });

  useEffect(() => {
    if (ready) view.current?.show(picture);
  }, [ready, picture]);
  useEffect(() => {
    if (ready) view.current?.choose(chosen, true);
  }, [ready, chosen]);

  const router = useRouter();
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape" && state.node !== undefined) {
      router.push(graphAddress(state, { node: undefined }), { scroll: false });
    } else if (view.current?.press(event.key)) event.preventDefault();
  };
  return (
    <div className="relative h-full overflow-hidden bg-sunken">
      <div
        ref={container}
        data-testid="graph-canvas"
        data-ready={ready}
        role="application"
        aria-label="Drawing of the graph. Arrow keys move it, plus and minus zoom, 0 fits it. The table lists the same nodes."
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application that takes keys must be reachable by keyboard
        tabIndex={0}
        onKeyDown={press}
        className="size-full -outline-offset-2"
      />
      {ready ? null : <p className="absolute inset-0 grid place-items-center text-[0.8125rem] text-dim">Drawing…</p>}
      {picture.elements.length > FEW_BOXES ? (
        <Minimap picture={picture} frame={frame} onPick={(x, y) => view.current?.centre(x, y)} />
      ) : null}
      <div className="absolute right-3 bottom-3 flex overflow-hidden rounded-md border border-line bg-raised">
        <Tool label="Zoom out" act={() => view.current?.zoom(1 / ZOOM_STEP)}>
          <Minus aria-hidden size={15} />
        </Tool>
        <Tool label="Zoom in" act={() => view.current?.zoom(ZOOM_STEP)}>
          <Plus aria-hidden size={15} />
        </Tool>
        <Tool label="Fit to screen" act={() => view.current?.fit()}>
          <Maximize aria-hidden size={15} />
        </Tool>
      </div>
    </div>
  );
}

function Tool({ label, act, children }: { label: string; act: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={act}
      aria-label={label}
      data-tip={label}
      className="grid size-8 place-items-center text-dim -outline-offset-2 hover:bg-shade hover:text-ink"
    >
      {children}
    </button>
  );
}

function useLatest<Value>(value: Value): RefObject<Value> {
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  return latest;
}

interface CanvasHook {
  readonly container: RefObject<HTMLDivElement | null>;
  readonly view: RefObject<CanvasView | undefined>;
  readonly frame: RefObject<SVGRectElement | null>;
  readonly latest: RefObject<{ picture: GraphPicture; state: GraphState }>;
  readonly setReady: (ready: boolean) => void;
}

/** Creates the drawing once, removes it with the page, and recolours it when the theme changes. */
function useCanvas({ container, view, frame, latest, setReady }: CanvasHook): void {
  const router = useRouter();
  useEffect(() => {
    const element = container.current;
    if (element === null) return;
    let gone = false;
    const go = (address: string) => router.push(address, { scroll: false });
    const opening = CanvasView.open(element, latest.current.picture, {
      onNode: (nodeIndex) => go(graphAddress(latest.current.state, { node: String(nodeIndex) })),
      onGroup: (parent) => go(withOpened(latest.current.state, parent)),
      onMove: ({ x1, y1, w, h }) => {
        const sides = { x: x1, y: y1, width: w, height: h };
        for (const [name, value] of Object.entries(sides)) frame.current?.setAttribute(name, String(value));
      },
      onNothing: () => {
        if (latest.current.state.node !== undefined) go(graphAddress(latest.current.state, { node: undefined }));
      },
    });
    const theme = new MutationObserver(() => view.current?.recolour());
    void opening.then((opened) => {
      if (gone) return opened.close();
      view.current = opened;
      setReady(true);
      theme.observe(document.documentElement, { attributeFilter: ["class"] });
    });
    return () => {
      gone = true;
      theme.disconnect();
      view.current?.close();
      view.current = undefined;
      setReady(false);
    };
  }, [container, view, frame, latest, setReady, router]);
}
