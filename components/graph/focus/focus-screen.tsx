import { SearchField } from "#components/ui/search-field.tsx";
import type { FocusMiddle } from "#lib/model/focus-answer.ts";
import { placeFocus } from "#lib/pictures/focus/place-focus.ts";
import type { FocusPage } from "#lib/views/focus.ts";
import { FoundNodes } from "../found-nodes.tsx";
import type { GraphState } from "../graph-address.ts";
import { FIRST_FOUND } from "../graph-frame.tsx";
import { GraphTitle } from "../graph-title.tsx";
import { listedKey, walkedState } from "./focus-address.ts";
import { FocusScope, FocusTrail } from "./focus-bar.tsx";
import { FocusBoard } from "./focus-board.tsx";
import { FocusCard, FocusCardLinks } from "./focus-card.tsx";
import { FocusLegend } from "./focus-legend.tsx";
import { FocusLines } from "./focus-lines.tsx";
import { FocusPathTo } from "./focus-path.tsx";
import { listPointed } from "./focus-pointed.ts";
import { FocusDown, FocusUp } from "./focus-sides.tsx";
import { FocusWay } from "./focus-way.tsx";

/** One node of an artifact's graph, with what needs it at the left and what it needs at the right. */
export function FocusScreen({ view, state }: { view: FocusPage; state: GraphState }) {
  const { artifact, middle, trail, matches, unit } = view;
  return (
    <>
      <div className="flex min-h-13 flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-2">
        <GraphTitle artifact={artifact} state={state} />
        <FocusTrail state={state} trail={trail} node={middle?.node} />
        <div className="contents flex-wrap items-center gap-x-3 gap-y-2 sm:ml-auto sm:flex">
          {middle === undefined ? null : <FocusScope state={state} />}
          <SearchField parameter="q" label="Find a node" enters={FIRST_FOUND} />
        </div>
      </div>
      <FoundNodes state={{ ...walkedState(state), q: state.q }} matches={matches} unit={unit} />
      <div className="lg:min-h-[calc(100dvh-9.4rem)]">
        {middle === undefined ? (
          <p className="p-5 text-[0.8125rem] text-dim">This graph has no nodes.</p>
        ) : (
          <Board view={view} middle={middle} state={state} />
        )}
      </div>
      <FocusLegend middle={middle} unit={unit} />
    </>
  );
}

/** Columns: a side, its lines, the card, lines, the other side. */
const COLUMNS = {
  both: "lg:grid-cols-[minmax(0,1fr)_auto_20rem_auto_minmax(0,1fr)] xl:grid-cols-[minmax(0,1fr)_auto_21rem_auto_minmax(0,1fr)]",
  up: "lg:grid-cols-[minmax(0,40rem)_auto_21rem]",
  down: "lg:grid-cols-[21rem_auto_minmax(0,40rem)]",
  own: "lg:grid-cols-[21rem_auto_minmax(0,40rem)]",
} as const;

interface BoardProps {
  readonly view: FocusPage;
  readonly middle: FocusMiddle;
  readonly state: GraphState;
}

function Board({ view, middle, state }: BoardProps) {
  const { artifact, unit, total, rootCount, severalKinds: kinds } = view;
  const placed = placeFocus(middle);
  const shared = { middle, state, unit, kinds };
  const { side } = state;
  const isUp = side === "both" || side === "up";
  return (
    <FocusBoard
      nodeIndex={middle.node.nodeIndex}
      pointed={listPointed(middle, unit)}
      listed={listedKey(state)}
      className={`grid grid-cols-[minmax(0,1fr)] gap-y-2 px-4 py-4 sm:px-6 lg:justify-center lg:gap-y-0 ${COLUMNS[side]}`}
    >
      {isUp ? (
        <>
          <FocusUp {...shared} top={placed.left.top} rootCount={rootCount} />
          <FocusLines lines={placed.left.lines} height={placed.height} />
        </>
      ) : null}
      <div style={{ paddingTop: placed.wayTop }}>
        {isUp && middle.neededBy > 0 ? <DownArrow /> : null}
        <FocusWay middle={middle} digest={artifact.digest} state={state} kinds={kinds} />
        <div className="mt-2.5">
          <FocusCard middle={middle} total={total} unit={unit} />
        </div>
        <FocusCardLinks
          state={state}
          digest={artifact.digest}
          nodeIndex={middle.node.nodeIndex}
          files={artifact.kind !== "sbom"}
        />
        <FocusPathTo middle={middle} state={state} kinds={kinds} />
        {side !== "up" && middle.needs > 0 ? <DownArrow /> : null}
      </div>
      {side === "up" ? null : (
        <>
          <FocusLines lines={placed.right.lines} height={placed.height} />
          <FocusDown {...shared} top={placed.right.top} />
        </>
      )}
    </FocusBoard>
  );
}

/** On a narrow screen, what needs a node is above it. */
function DownArrow() {
  return (
    <p aria-hidden className="text-center leading-5 text-dim lg:hidden">
      ↓
    </p>
  );
}
