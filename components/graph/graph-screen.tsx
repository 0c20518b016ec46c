import Link from "next/link";
import { NodeName } from "#components/artifact/node-table.tsx";
import { Amount } from "#components/ui/amount.tsx";
import { KindMark } from "#components/ui/marks.tsx";
import { CsvLink } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCount, formatCounted } from "#lib/display/bytes.ts";
import { artifactPath } from "#lib/display/paths.ts";
import { unitOf } from "#lib/model/measure-unit.ts";
import type { GraphView, NodeDetail, NodeRow } from "#lib/views/graph.ts";
import { EvidenceMark } from "./evidence.tsx";
import { type GraphState, graphAddress } from "./graph-address.ts";
import { countNodes, Found, GraphFrame } from "./graph-frame.tsx";
import { Neighbours } from "./neighbours.tsx";
import { NodePanel } from "./node-panel.tsx";
import type { PictureColumn } from "./picture-table.tsx";
import { ViewSwitch } from "./view-switch.tsx";

/** Number of nodes in the shorter drawing: all names are readable at once. */
const FEW_NODES = 40;

const COLUMNS: readonly PictureColumn[] = [
  { sort: "self", measure: "selfSize" },
  { sort: "closure", measure: "closureSize", wide: true },
  { sort: "retained", measure: "retainedSize" },
];

const COUNT_COLUMNS: readonly PictureColumn[] = [
  { sort: "closure", measure: "closureCount", wide: true },
  { sort: "retained", measure: "retainedCount" },
];

/** The graph of one artifact: the drawing at the left; the selected node and the table at the right. */
export function GraphScreen({ view, state }: { view: GraphView; state: GraphState }) {
  const { artifact, picture, selected, matches } = view;
  const nodes = countNodes(picture);
  const unit = unitOf(artifact);
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
      drawn={
        nodes === picture.nodeCount
          ? `all ${formatCounted(nodes, "node")}`
          : `${formatCount(nodes)} of ${formatCounted(picture.nodeCount, "node")}, the rest in groups`
      }
      links={picture.nodeCount > FEW_NODES ? <FewerLink state={state} /> : null}
      switcher={<ViewSwitch state={state} />}
      picture={picture}
      state={state}
      chosen={selected?.node.nodeIndex}
      legend={
        <>
          <EvidenceMark known="observed" />
          <EvidenceMark known="declared" />
          <EvidenceMark known="inferred" />
          <span>
            filled: {unit === "bytes" ? "retained size" : "number of components it keeps"}, on a square-root scale
          </span>
        </>
      }
      columns={unit === "bytes" ? COLUMNS : COUNT_COLUMNS}
      tools={<CsvLink href={`${artifactPath(artifact.digest)}/nodes.csv`} />}
    >
      <Found noun="node" state={state} matches={matches} indexOf={({ nodeIndex }) => nodeIndex}>
        {(node) => (
          <>
            <KindMark kind={node.kind} />
            <span className="flex min-w-0 flex-1">
              <NodeName node={node} />
            </span>
            <Amount value={node.retainedSize} unit={unit} />
          </>
        )}
      </Found>
      {selected === undefined ? null : <GraphPanel detail={selected} artifact={artifact} state={state} />}
    </GraphFrame>
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

/** The selected node. Its neighbours lead to the drawing around them. */
function GraphPanel({
  detail,
  artifact,
  state,
}: { detail: NodeDetail; state: GraphState } & Pick<GraphView, "artifact">) {
  const unit = unitOf(artifact);
  const hrefOf = (other: NodeRow) =>
    graphAddress(state, { node: String(other.nodeIndex), focus: String(other.nodeIndex) });
  return (
    <NodePanel detail={detail} artifact={artifact} state={state} hrefOf={hrefOf}>
      <Neighbours title="Needs" list={detail.references} unit={unit} hrefOf={hrefOf} none="It needs nothing." />
      <Neighbours title="Needed by" list={detail.referrers} unit={unit} hrefOf={hrefOf} none="Nothing needs it." />
    </NodePanel>
  );
}
