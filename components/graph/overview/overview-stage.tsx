"use client";

import { useRouter } from "next/navigation";
import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from "react";
import { CsvLink } from "#components/ui/section.tsx";
import { nodeText } from "#lib/display/paths.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import type { OverviewNode } from "#lib/model/overview.ts";
import type { Area, PlacedOverview } from "#lib/pictures/overview/placed.ts";
import type { ShapeName } from "#lib/pictures/overview/shapes.ts";
import type { FilterChoices } from "#lib/views/graph.ts";
import { type GraphState, graphAddress, viewAddress, withClosed, withOpened } from "../graph-address.ts";
import { currentState } from "../map/camera-address.ts";
import { usePanelStyle } from "../panel-width.ts";
import { boxKey, litSetOf } from "./lit-set.ts";
import { OverviewCard } from "./overview-card.tsx";
import { nextKey, pressOverviewKey } from "./overview-keys.ts";
import { OverviewLegend } from "./overview-legend.tsx";
import { OverviewMinimap } from "./overview-minimap.tsx";
import { OverviewReset } from "./overview-reset.tsx";
import { OverviewSvg } from "./overview-svg.tsx";
import { type OverviewColumnShown, OverviewTable } from "./overview-table.tsx";
import { OverviewTools } from "./overview-tools.tsx";
import { type DrawnCounts, drawnWords, largestWords } from "./overview-words.ts";
import { SidePanel } from "./side-panel.tsx";
import { useCamera } from "./use-camera.ts";
import { useFresh } from "./use-fresh.ts";
import { areaOf, useInView } from "./use-in-view.ts";
import { usePageKeys } from "./use-page-keys.ts";
import { useShape } from "./use-shape.ts";
import { useUndo } from "./use-undo.ts";

export interface OverviewStageProps {
  readonly shapes: Readonly<Record<ShapeName, PlacedOverview>>;
  /** By node index: all that any shape shows. */
  readonly nodes: Readonly<Record<number, OverviewNode>>;
  readonly counts: DrawnCounts;
  readonly rootCount: number;
  readonly unit: MeasureUnit;
  readonly state: GraphState;
  /** Index of the selected node. */
  readonly chosen: number | undefined;
  /** Of the drawing and its files. */
  readonly name: string;
  readonly columns: readonly OverviewColumnShown[];
  readonly choices?: FilterChoices;
  /** Of a drawing of two artifacts: what the sides' colours mean, and what is drawn. */
  readonly sides?: ReactNode;
  readonly told?: ReactNode;
  readonly bar: ReactNode;
  readonly filters?: ReactNode;
  readonly search: ReactNode;
  /** The selected node and what was found, if there is any. */
  readonly panel: ReactNode;
  readonly csvHref?: string;
}

/** The layered drawing with everything that moves with it. Its state is in the address. */
export function OverviewStage(props: OverviewStageProps) {
  const { shapes, nodes, counts, rootCount, unit, state, chosen, name, columns, choices, sides, told, panel } = props;
  const svg = useRef<SVGSVGElement>(null);
  const router = useRouter();
  /** Key of the group that was opened last. */
  const acted = useRef<string>(undefined);
  const placed = shapes[useShape()];
  const fresh = useFresh(placed);
  const [pointed, setPointed] = useState<string>();
  const [full, setFull] = useState(false);
  const [filtering, setFiltering] = useState(false);
  useUndo(state);
  const chosenKey = chosen === undefined ? undefined : boxKey(chosen);
  const lit = useMemo(() => {
    const key = pointed?.startsWith("n") ? pointed : chosenKey;
    return key === undefined || areaOf(placed, key) === undefined ? undefined : litSetOf(placed, key);
  }, [placed, pointed, chosenKey]);

  const go = (change: (now: GraphState) => string) => {
    control.keep();
    const { z, ...now } = currentState(state.page);
    // The next view decides itself how it fits.
    router.push(change({ ...now, z: z === 1 ? undefined : z }), { scroll: false });
  };
  const textOf = (node: number) => (nodes[node] === undefined ? `${node}` : nodeText(nodes[node]));
  const act = (key: string | undefined) => {
    if (key === undefined) {
      if (chosen !== undefined) go((now) => graphAddress(now, { node: undefined }));
      return;
    }
    const value = Number(key.slice(1));
    acted.current = key;
    if (key.startsWith("c")) go((now) => withClosed(now, value));
    else if (key.startsWith("g")) go((now) => withOpened(now, value));
    else go((now) => graphAddress(now, { node: textOf(value), q: "" }));
  };
  const control = useCamera(svg, placed, (target) => act(keyOf(target)));
  const { camera } = control;
  const bringIntoView = useInView({ placed, control, chosenKey, acted, hasPanel: panel !== null });
  const stepTo = (key: string | undefined) => {
    if (key === undefined) return;
    setPointed(key);
    svg.current?.querySelector<SVGElement>(`[data-key="${key}"] [role="button"]`)?.focus({ preventScroll: true });
    bringIntoView(key);
  };
  /** The same node in another view; two artifacts have only a map. */
  const look = (view: GraphState["view"], key: string | undefined) => {
    if ((sides !== undefined && view !== "map") || (key !== undefined && !key.startsWith("n"))) return;
    control.keep();
    router.push(viewAddress({ page: state.page, node: key && textOf(Number(key.slice(1))) }, view));
  };
  const leave = () => {
    if (full) setFull(false);
    else if (chosen !== undefined) act(undefined);
    else setPointed(undefined);
  };
  const at = pointed ?? chosenKey;
  const press = (event: KeyboardEvent | globalThis.KeyboardEvent) =>
    pressOverviewKey(event, {
      step: (arrow) => stepTo(nextKey(placed, at, arrow)),
      act: () => act(pointed ?? keyOf(event.target as Element)),
      look: (view) => look(view, at),
      leave,
      zoom: control.zoom,
      fit: control.fit,
    });
  usePageKeys(press);
  const words = drawnWords(placed, counts);
  const largest = largestWords(placed, nodes, unit);
  const panelStyle = usePanelStyle();
  const pointedNode = pointed?.startsWith("n") ? nodes[Number(pointed.slice(1))] : undefined;
  const first = placed.boxes[0] === undefined ? undefined : boxKey(placed.boxes[0].nodeIndex);
  const reachable = [pointed, chosenKey, first].find((key) => key !== undefined && areaOf(placed, key) !== undefined);
  return (
    <>
      <div
        className={
          full ? "fixed inset-0 z-40 flex flex-col bg-ground" : "flex h-[calc(100dvh-3.3rem)] min-h-140 flex-col"
        }
      >
        <div className="relative flex min-h-13 flex-wrap items-center gap-x-4 gap-y-1.5 border-b border-line px-4 py-2">
          {props.bar}
          <p
            data-testid="overview-status"
            className="min-w-60 text-[0.8125rem] leading-tight text-dim xl:flex-1 xl:basis-0"
          >
            {told ?? (
              <>
                <span className="font-medium text-ink">{words.nodes}</span> {words.rest}
                {largest === "" ? null : <span className="text-ink max-xl:hidden">; {largest}</span>}
              </>
            )}
            <OverviewReset state={state} />
          </p>
          <div className="ml-auto flex flex-wrap items-center gap-2">
            {props.filters === undefined ? null : (
              <button
                type="button"
                onClick={() => setFiltering(!filtering)}
                aria-expanded={filtering}
                aria-controls={FILTERS_ID}
                className="h-8 rounded-md border border-line-strong bg-raised px-3 text-[0.8125rem] sm:hidden"
              >
                {filtering ? "Close filters" : "Filters"}
              </button>
            )}
            {/* On a narrow page a sheet below the bar, with one filter below the other. */}
            <span id={FILTERS_ID} className={`sm:contents ${filtering ? SHEET : "max-sm:hidden"}`}>
              {props.filters}
            </span>
            {props.search}
          </div>
        </div>
        <div className="relative min-h-0 flex-1" style={panelStyle}>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the boxes in it are buttons, which have the focus. */}
          <div
            data-testid="overview"
            data-ready={camera !== undefined}
            style={{ touchAction: camera === undefined || camera.place.z === 1 ? "pan-y" : "none" }}
            className={`absolute overflow-hidden select-none ${panel === null ? "inset-0" : "inset-x-0 top-0 bottom-[46%] sm:right-(--panel) sm:bottom-0"}`}
            onKeyDown={press}
            onDoubleClick={({ target }) => {
              const key = keyOf(target as Element);
              if (key !== undefined) look("focus", key);
            }}
            onPointerOver={({ target, pointerType }) => {
              // Not what passes below a pointer at rest: each would light its neighbours, and the drawing would be painted again.
              if (pointerType === "mouse" && !control.isMoving()) setPointed(keyOf(target as Element));
            }}
            onPointerLeave={() => setPointed(undefined)}
            onFocus={({ target }) => {
              if (target.matches(":focus-visible")) setPointed(keyOf(target));
            }}
          >
            <OverviewSvg
              {...{ svg, placed, nodes, unit, lit, pointed, fresh }}
              label={`Drawing of ${name}: ${words.nodes}`}
              colour={state.colour}
              chosen={chosenKey}
              reachable={reachable}
            />
          </div>
          {pointedNode === undefined || camera === undefined || chosen === pointedNode.nodeIndex ? null : (
            <OverviewCard
              node={pointedNode}
              unit={unit}
              rootCount={rootCount}
              lit={litAreas(placed, pointed!, lit?.keys).map((area) => camera.toWindow(area))}
              room={camera.room}
            />
          )}
          {panel === null ? null : <SidePanel>{panel}</SidePanel>}
        </div>
        <OverviewLegend {...{ placed, unit, choices, sides }} colour={state.colour}>
          <span className="ml-auto flex items-center gap-2">
            {camera === undefined ? null : <OverviewMinimap placed={placed} camera={camera} onPick={control.centre} />}
            <span data-testid="overview-zoom">{Math.round((camera?.place.z ?? 1) * 100)} %</span>
            <OverviewTools {...{ svg, placed, name, full, setFull, control }} />
          </span>
        </OverviewLegend>
      </div>
      <section aria-label="Nodes shown" className="below-drawing p-4 sm:p-5">
        <div className="mb-1 flex items-baseline justify-between">
          <h2 className="text-base font-medium tracking-tight">Nodes shown</h2>
          {props.csvHref === undefined ? null : <CsvLink href={props.csvHref} />}
        </div>
        <OverviewTable {...{ placed, nodes, unit, columns, state, chosen }} lit={lit?.keys} onPoint={setPointed} />
      </section>
    </>
  );
}

const FILTERS_ID = "filters";
const SHEET =
  "max-sm:absolute max-sm:inset-x-0 max-sm:top-full max-sm:z-30 max-sm:flex max-sm:max-h-[65dvh] max-sm:flex-col max-sm:gap-2 max-sm:overflow-y-auto max-sm:border-b max-sm:border-line max-sm:bg-ground max-sm:p-4 max-sm:shadow-lg";

function keyOf(target: Element): string | undefined {
  return target.closest<SVGElement>("[data-key]")?.dataset.key;
}

/** The pointed one first. */
function litAreas(placed: PlacedOverview, pointed: string, keys: ReadonlySet<string> = new Set()): Area[] {
  return [pointed, ...keys].flatMap((key) => areaOf(placed, key) ?? []);
}
