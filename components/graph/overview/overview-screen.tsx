import Link from "next/link";
import { NodeName } from "#components/artifact/node-table.tsx";
import { Amount } from "#components/ui/amount.tsx";
import { KindMark } from "#components/ui/marks.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { artifactPath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { unitOf } from "#lib/model/measure-unit.ts";
import type { GraphView, NodeDetail, NodeRow } from "#lib/views/graph.ts";
import { type GraphState, graphAddress } from "../graph-address.ts";
import { FIRST_FOUND, Found } from "../graph-frame.tsx";
import { Neighbours } from "../neighbours.tsx";
import { NodePanel } from "../node-panel.tsx";
import { ViewSwitch } from "../view-switch.tsx";
import { OverviewFilters } from "./overview-filters.tsx";
import { OverviewStage } from "./overview-stage.tsx";
import type { OverviewColumnShown } from "./overview-table.tsx";
import { placeShapes } from "./place-shapes.ts";

const COLUMNS: readonly OverviewColumnShown[] = [
  { sort: "self", measure: "selfSize" },
  { sort: "closure", measure: "closureSize", wide: true },
  { sort: "retained", measure: "retainedSize" },
];

const COUNT_COLUMNS: readonly OverviewColumnShown[] = [
  { sort: "closure", measure: "closureCount", wide: true },
  { sort: "retained", measure: "retainedCount" },
];

/** The layered drawing of one artifact's graph. The selected node, and what was found, are at the right. */
export function OverviewScreen({ view, state }: { view: GraphView; state: GraphState }) {
  const { artifact, overview, choices, selected, matches } = view;
  const unit = unitOf(artifact);
  // Without the camera: the drawing brings into view what these lead to.
  const still = { ...state, x: undefined, y: undefined, z: undefined };
  const empty = selected === undefined && state.q === "";
  return (
    <OverviewStage
      key={state.page}
      {...placeShapes(overview)}
      counts={overview}
      rootCount={overview.rootCount}
      unit={unit}
      state={still}
      chosen={selected?.node.nodeIndex}
      name={labelText(artifact.name, 80)}
      columns={unit === "bytes" ? COLUMNS : COUNT_COLUMNS}
      choices={choices}
      csvHref={`${artifactPath(artifact.digest)}/nodes.csv`}
      bar={
        <>
          <h1 className="min-w-0 truncate font-medium tracking-tight">
            <Link href={artifactPath(artifact.digest)} className="hover:text-accent">
              <Visible text={artifact.name} />
            </Link>{" "}
            <span className="font-normal text-dim">graph</span>
          </h1>
          <ViewSwitch state={state} />
        </>
      }
      filters={<OverviewFilters choices={choices} state={still} unit={unit} />}
      search={<SearchField parameter="q" label="Find a node" enters={FIRST_FOUND} />}
      panel={
        empty ? null : (
          <>
            <Found noun="node" state={still} matches={matches} indexOf={({ nodeIndex }) => nodeIndex}>
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
            {selected === undefined ? null : <OverviewPanel detail={selected} artifact={artifact} state={still} />}
          </>
        )
      }
    />
  );
}

/** The selected node. Its neighbours lead to the drawing with them in it. */
function OverviewPanel({
  detail,
  artifact,
  state,
}: { detail: NodeDetail; state: GraphState } & Pick<GraphView, "artifact">) {
  const unit = unitOf(artifact);
  const hrefOf = (other: NodeRow) => graphAddress(state, { node: String(other.nodeIndex), focus: undefined });
  const more = graphAddress(state, { rows: Math.min(2024, state.rows + 200) });
  const lists = { unit, hrefOf, moreHref: more };
  return (
    <NodePanel detail={detail} artifact={artifact} state={state} hrefOf={hrefOf}>
      <Neighbours title="Needs" list={detail.references} none="It needs nothing." {...lists} />
      <Neighbours title="Needed by" list={detail.referrers} none="Nothing needs it." {...lists} />
    </NodePanel>
  );
}
