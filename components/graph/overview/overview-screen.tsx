import { SearchField } from "#components/ui/search-field.tsx";
import { artifactPath, nodeText } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { unitOf } from "#lib/model/measure-unit.ts";
import type { GraphView, NodeDetail, NodeRow } from "#lib/views/graph.ts";
import { FoundNodes } from "../found-nodes.tsx";
import { type GraphState, graphAddress } from "../graph-address.ts";
import { FIRST_FOUND } from "../graph-frame.tsx";
import { GraphTitle } from "../graph-title.tsx";
import { Neighbours } from "../neighbours.tsx";
import { NodePanel } from "../node-panel.tsx";
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
      bar={<GraphTitle artifact={artifact} state={state} />}
      filters={<OverviewFilters choices={choices} state={still} unit={unit} />}
      search={<SearchField parameter="q" label="Find a node" enters={FIRST_FOUND} />}
      panel={
        empty ? null : (
          <>
            <FoundNodes state={still} matches={matches} unit={unit} />
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
  const hrefOf = (other: NodeRow) => graphAddress(state, { node: nodeText(other), focus: undefined });
  const more = graphAddress(state, { rows: Math.min(2024, state.rows + 200) });
  const lists = { unit, hrefOf, moreHref: more };
  return (
    <NodePanel detail={detail} artifact={artifact} state={state} hrefOf={hrefOf}>
      <Neighbours title="Needs" list={detail.references} none="It needs nothing." {...lists} />
      <Neighbours title="Needed by" list={detail.referrers} none="Nothing needs it." {...lists} />
    </NodePanel>
  );
}
