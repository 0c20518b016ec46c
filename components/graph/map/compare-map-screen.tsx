import Link from "next/link";
import { compareMapUrl, diffPath } from "#components/set/set-address.ts";
import { SearchField } from "#components/ui/search-field.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import type { CompareMapView } from "#lib/views/compare-graph.ts";
import { ComparedSelected, isIdle } from "../compared-selected.tsx";
import { ComparedTitle } from "../compared-title.tsx";
import type { GraphState } from "../graph-address.ts";
import { FIRST_FOUND } from "../graph-frame.tsx";
import { MapStage } from "./map-stage.tsx";
import { PreloadMap } from "./preload-map.tsx";

/** Both graphs as one map: what is only left, only right or changed among all that is the same. */
export function CompareMapScreen({ view, state }: { view: CompareMapView; state: GraphState }) {
  const { left, right, unit, selected } = view;
  const [a, b] = [shortDigest(left.digest), shortDigest(right.digest)];
  const urls = {
    wide: compareMapUrl("section", { a, b, shape: "wide" }),
    tall: compareMapUrl("section", { a, b, shape: "tall" }),
    nodes: compareMapUrl("nodes", { a, b }),
  };
  // Without the camera: the map flies to where these lead.
  const still = { ...state, x: undefined, y: undefined, z: undefined };
  return (
    <>
      <PreloadMap {...urls} />
      <MapStage
        key={state.page}
        urls={urls}
        unit={unit}
        area={
          unit === "bytes" ? "bytes on the right, or on the left of what is only there" : "the number of components"
        }
        name={`${left.name}-${right.name}`}
        standIns={false}
        told={
          <>
            {changeWords(view)} ·{" "}
            <Link href={diffPath(a, b)} className="text-link">
              the comparison
            </Link>
          </>
        }
        state={state}
        chosen={selected?.node.row}
        bar={<ComparedTitle left={left} right={right} state={state} />}
        search={<SearchField parameter="q" label="Find a node" enters={FIRST_FOUND} />}
        panel={isIdle(view, state) ? null : <ComparedSelected view={view} unit={unit} state={still} />}
      />
    </>
  );
}

function changeWords({ changeCount, nodeCount }: CompareMapView): string {
  const changes = changeCount === 0 ? "nothing differs" : formatCounted(changeCount, "change");
  return `${changes} among ${formatCounted(nodeCount, "component")}`;
}
