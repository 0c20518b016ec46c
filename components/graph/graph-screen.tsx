import Link from "next/link";
import { SearchField } from "#components/ui/search-field.tsx";
import { CsvLink } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCount, formatCounted } from "#lib/display/bytes.ts";
import { artifactPath } from "#lib/display/paths.ts";
import type { GraphView } from "#lib/views/graph.ts";
import { EvidenceMark } from "./evidence.tsx";
import { type GraphState, graphAddress } from "./graph-address.ts";
import { GraphCanvas } from "./graph-canvas.tsx";
import { MatchList } from "./match-list.tsx";
import { NodePanel } from "./node-panel.tsx";
import { PictureTable } from "./picture-table.tsx";

/** What the shorter drawing opens on: all names readable at once. */
const FEW_NODES = 40;

/** The graph of one artifact: the drawing at the left; what is chosen, and the same as a table, at the right. */
export function GraphScreen({ view, state }: { view: GraphView; state: GraphState }) {
  const { artifact, picture, selected, matches } = view;
  const chosen = selected === undefined ? undefined : `n${selected.node.nodeIndex}`;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] lg:h-[calc(100dvh-3.3rem)] lg:grid-cols-[minmax(0,1fr)_26rem] xl:grid-cols-[minmax(0,1fr)_31rem]">
      <div className="flex min-h-0 min-w-0 flex-col">
        <div className="flex flex-wrap items-center gap-x-5 gap-y-2 border-b border-line px-4 py-2.5">
          <h1 className="min-w-0 truncate font-medium tracking-tight">
            <Link href={artifactPath(artifact.digest)} className="hover:text-accent">
              <Visible text={artifact.name} />
            </Link>{" "}
            <span className="font-normal text-dim">graph</span>
          </h1>
          <Drawn view={view} state={state} />
          <div className="ml-auto">
            <SearchField parameter="q" label="Find a node" />
          </div>
        </div>
        <div className="h-[62dvh] min-h-80 lg:h-auto lg:flex-1">
          <GraphCanvas picture={picture} state={state} chosen={chosen} />
        </div>
        <Legend />
      </div>
      <div className="min-h-0 border-line lg:overflow-y-auto lg:border-l">
        {state.q === "" ? null : <MatchList matches={matches} state={state} />}
        {selected === undefined ? null : <NodePanel detail={selected} state={state} />}
        <section aria-label="What is drawn" className="p-4 sm:p-5">
          <div className="mb-1 flex items-baseline justify-between">
            <h2 className="text-base font-medium tracking-tight">What is drawn</h2>
            <CsvLink href={`${artifactPath(artifact.digest)}/nodes.csv`} />
          </div>
          <PictureTable picture={picture} state={state} />
        </section>
      </div>
    </div>
  );
}

function Drawn({ view: { picture }, state }: { view: GraphView; state: GraphState }) {
  const nodes = picture.elements.filter(({ type }) => type === "node").length;
  const opened = state.open.length > 0 || state.focus !== undefined;
  return (
    <p className="text-[0.8125rem] text-dim">
      {nodes === picture.nodeCount
        ? `all ${formatCounted(nodes, "node")}`
        : `${formatCount(nodes)} of ${formatCounted(picture.nodeCount, "node")}, the rest in groups`}
      {picture.cutEdges > 0 ? `, ${formatCounted(picture.cutEdges, "edge")} not drawn` : ""}
      {picture.full ? " · no room for more: close groups to open others" : ""}
      {opened ? (
        <>
          {" · "}
          <Link href={graphAddress(state, { open: [], focus: undefined })} scroll={false} className="text-link">
            close groups
          </Link>
        </>
      ) : null}
      {picture.nodeCount > FEW_NODES ? <FewerLink state={state} /> : null}
    </p>
  );
}

/** Switches between the usual drawing and one of the few nodes that retain most. */
function FewerLink({ state }: { state: GraphState }) {
  const few = state.limit === undefined;
  return (
    <>
      {" · "}
      <Link
        href={graphAddress(state, { limit: few ? FEW_NODES : undefined, open: [] })}
        scroll={false}
        className="text-link"
      >
        {few ? `draw only the ${FEW_NODES} largest` : "draw more"}
      </Link>
    </>
  );
}

function Legend() {
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-1 border-t border-line px-4 py-2 text-xs text-dim">
      <EvidenceMark known="observed" />
      <EvidenceMark known="declared" />
      <EvidenceMark known="inferred" />
      <span>filled: retained size, on a square-root scale</span>
      <span>bold border: root</span>
      <span>dashed box: a group, click to open</span>
    </div>
  );
}
