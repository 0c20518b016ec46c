import { Chips } from "#components/ui/chips.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { artifactPath, nodeText } from "#lib/display/paths.ts";
import { unitOf } from "#lib/model/measure-unit.ts";
import type { NodeDetail, NodeRow } from "#lib/views/graph.ts";
import type { MapPage } from "#lib/views/map.ts";
import { FoundNodes } from "../found-nodes.tsx";
import { type GraphState, graphAddress } from "../graph-address.ts";
import { FIRST_FOUND } from "../graph-frame.tsx";
import { GraphTitle } from "../graph-title.tsx";
import { Neighbours } from "../neighbours.tsx";
import { NodePanel } from "../node-panel.tsx";
import { MapStage } from "./map-stage.tsx";
import { PreloadMap } from "./preload-map.tsx";

/** The graph of one artifact, all of it at once. The selected node, and what was found, are at the right. */
export function MapScreen({ view, state }: { view: MapPage; state: GraphState }) {
  const { artifact, selected, matches } = view;
  const unit = unitOf(artifact);
  const url = `${artifactPath(artifact.digest)}/map`;
  const urls = { wide: `${url}/section?shape=wide`, tall: `${url}/section?shape=tall`, nodes: `${url}/nodes` };
  // Without the camera: the map flies to where these lead.
  const still = { ...state, x: undefined, y: undefined, z: undefined };
  const empty = selected === undefined && state.q === "";
  return (
    <>
      <PreloadMap {...urls} />
      <MapStage
        key={state.page}
        urls={urls}
        unit={unit}
        name={artifact.name}
        standIns={artifact.kind === "closure" && !artifact.rootsKnown}
        state={state}
        chosen={selected?.node.nodeIndex}
        bar={<GraphTitle artifact={artifact} state={state} />}
        search={<SearchField parameter="q" label="Find a node" enters={FIRST_FOUND} />}
        panel={
          empty ? null : (
            <>
              <FoundNodes state={still} matches={matches} unit={unit} />
              {selected === undefined ? null : <MapPanel detail={selected} artifact={artifact} state={still} />}
            </>
          )
        }
      />
    </>
  );
}

const SIDES = [
  ["both", "Both"],
  ["up", "Needs it"],
  ["down", "It needs"],
  ["own", "Only it keeps"],
] as const;

/** The selected node, and what the map lights up for it. */
function MapPanel({ detail, artifact, state }: { detail: NodeDetail; state: GraphState } & Pick<MapPage, "artifact">) {
  const unit = unitOf(artifact);
  const hrefOf = (other: NodeRow) => graphAddress(state, { node: nodeText(other), focus: undefined });
  return (
    <NodePanel detail={detail} artifact={artifact} state={state} hrefOf={hrefOf}>
      <div className="-mx-2 mt-3 mb-3">
        <Chips
          label="What is lit"
          chips={SIDES.map(([side, label]) => ({
            key: side,
            href: graphAddress(state, { side }),
            chosen: side === state.side,
            label,
          }))}
        />
      </div>
      <Neighbours title="Needed by" list={detail.referrers} unit={unit} hrefOf={hrefOf} none="Nothing needs it." />
      <Neighbours title="Needs" list={detail.references} unit={unit} hrefOf={hrefOf} none="It needs nothing." />
    </NodePanel>
  );
}
