import Link from "next/link";
import { CsvLink } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCount, formatCounted } from "#lib/display/bytes.ts";
import { artifactPath } from "#lib/display/paths.ts";
import type { GraphView } from "#lib/views/graph.ts";
import { CloseGroups, NotDrawn } from "./drawn-notes.tsx";
import { EvidenceMark } from "./evidence.tsx";
import { type GraphState, graphAddress } from "./graph-address.ts";
import { GraphFrame } from "./graph-frame.tsx";
import { MatchList } from "./match-list.tsx";
import { NodePanel } from "./node-panel.tsx";
import { type PictureColumn, PictureTable } from "./picture-table.tsx";

/** Number of nodes in the shorter drawing: all names are readable at once. */
const FEW_NODES = 40;

const COLUMNS: readonly PictureColumn[] = [
  { sort: "self", measure: "selfSize" },
  { sort: "closure", measure: "closureSize", wide: true },
  { sort: "retained", measure: "retainedSize" },
];

/** The graph of one artifact: the drawing at the left; the selected node and the table at the right. */
export function GraphScreen({ view, state }: { view: GraphView; state: GraphState }) {
  const { artifact, picture, selected, matches } = view;
  return (
    <GraphFrame
      heading={
        <>
          <Link href={artifactPath(artifact.digest)} className="hover:text-accent">
            <Visible text={artifact.name} />
          </Link>{" "}
          <span className="font-normal text-dim">graph</span>
        </>
      }
      drawn={<Drawn view={view} state={state} />}
      picture={picture}
      state={state}
      chosen={selected?.node.nodeIndex}
      legend={<Legend />}
    >
      {state.q === "" ? null : <MatchList matches={matches} state={state} />}
      {selected === undefined ? null : <NodePanel detail={selected} digest={artifact.digest} state={state} />}
      <section aria-label="Nodes shown" className="p-4 sm:p-5">
        <div className="mb-1 flex items-baseline justify-between">
          <h2 className="text-base font-medium tracking-tight">Nodes shown</h2>
          <CsvLink href={`${artifactPath(artifact.digest)}/nodes.csv`} />
        </div>
        <PictureTable picture={picture} columns={COLUMNS} state={state} />
      </section>
    </GraphFrame>
  );
}

function Drawn({ view: { picture }, state }: { view: GraphView; state: GraphState }) {
  const nodes = picture.elements.filter(({ type }) => type === "node").length;
  return (
    <>
      {nodes === picture.nodeCount
        ? `all ${formatCounted(nodes, "node")}`
        : `${formatCount(nodes)} of ${formatCounted(picture.nodeCount, "node")}, the rest in groups`}
      <NotDrawn picture={picture} />
      <CloseGroups state={state} allDrawn={nodes === picture.nodeCount} />
      {picture.nodeCount > FEW_NODES ? <FewerLink state={state} /> : null}
    </>
  );
}

/** Switches between the default drawing and the few nodes that retain most. */
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
        {few ? `show top ${FEW_NODES}` : "show more"}
      </Link>
    </>
  );
}

function Legend() {
  return (
    <>
      <EvidenceMark known="observed" />
      <EvidenceMark known="declared" />
      <EvidenceMark known="inferred" />
      <span>filled: retained size, on a square-root scale</span>
      <span>bold border: root</span>
      <span>dashed box: a group, click to open</span>
    </>
  );
}
