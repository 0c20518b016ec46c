import Link from "next/link";
import { diffPath } from "#components/set/set-address.ts";
import { SideMark } from "#components/ui/marks.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { SIDES, type Side } from "#lib/display/sides.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import type { CompareGraphView } from "#lib/views/compare-graph.ts";
import { ComparedSelected, isIdle } from "./compared-selected.tsx";
import { ComparedTitle } from "./compared-title.tsx";
import type { GraphState } from "./graph-address.ts";
import { FIRST_FOUND } from "./graph-frame.tsx";
import { OverviewStage } from "./overview/overview-stage.tsx";
import type { OverviewColumnShown } from "./overview/overview-table.tsx";
import { placeShapes } from "./overview/place-shapes.ts";

const COLUMNS: readonly OverviewColumnShown[] = [
  { sort: "self", measure: "changedBytes" },
  { sort: "retained", measure: "retainedChange" },
];

/** Beside an SBOM. */
const COUNT_COLUMNS: readonly OverviewColumnShown[] = [{ sort: "retained", measure: "changesBelow" }];

/** The united graph of two artifacts: components of one side, changed components, and the paths to them. */
export function CompareGraphScreen({ view, state }: { view: CompareGraphView; state: GraphState }) {
  const { left, right, overview, selected } = view;
  const still = { ...state, x: undefined, y: undefined, z: undefined };
  return (
    <OverviewStage
      key={state.page}
      {...placeShapes(overview)}
      counts={overview}
      rootCount={overview.rootCount}
      unit={overview.unit}
      state={still}
      chosen={selected?.node.row}
      name={labelText(`${left.name} and ${right.name}`, 80)}
      columns={overview.unit === "bytes" ? COLUMNS : COUNT_COLUMNS}
      sides={<Sides />}
      told={
        <>
          {drawnWords(view)} ·{" "}
          <Link href={diffPath(shortDigest(left.digest), shortDigest(right.digest))} className="text-link">
            the comparison
          </Link>
        </>
      }
      bar={<ComparedTitle left={left} right={right} state={state} />}
      search={<SearchField parameter="q" label="Find a node" enters={FIRST_FOUND} />}
      panel={isIdle(view, state) ? null : <ComparedSelected view={view} unit={overview.unit} state={still} />}
    />
  );
}

function drawnWords({ overview, changeCount }: CompareGraphView): string {
  const changes = changeCount === 0 ? "nothing differs" : formatCounted(changeCount, "change");
  return `${changes} among ${formatCounted(overview.nodeCount, "component")}, the changes first`;
}

const SIDE_NAMES = Object.keys(SIDES) as Side[];

function Sides() {
  return (
    <>
      {SIDE_NAMES.map((side) => (
        <span key={side} className="inline-flex items-center gap-1.5">
          <SideMark side={side} /> {SIDES[side].label}
        </span>
      ))}
      <span className="max-sm:hidden">lines: solid on both, dashed only left, dotted only right</span>
    </>
  );
}
