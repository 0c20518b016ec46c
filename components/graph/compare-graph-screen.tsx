import Link from "next/link";
import { diffPath } from "#components/set/set-address.ts";
import { SideMark } from "#components/ui/marks.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { artifactPath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { SIDES, type Side } from "#lib/display/sides.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import type { CompareGraphView } from "#lib/views/compare-graph.ts";
import { ComparedPanel, ComparedRow } from "./compared-panel.tsx";
import type { GraphState } from "./graph-address.ts";
import { FIRST_FOUND, Found } from "./graph-frame.tsx";
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
  const { left, right, overview, selected, matches } = view;
  const still = { ...state, x: undefined, y: undefined, z: undefined };
  const empty = selected === undefined && state.q === "";
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
      bar={
        <h1 className="flex min-w-0 items-center gap-2 truncate font-medium tracking-tight">
          <SideName side="left" artifact={left} />
          <span className="text-dim">→</span>
          <SideName side="right" artifact={right} />
        </h1>
      }
      search={<SearchField parameter="q" label="Find a node" enters={FIRST_FOUND} />}
      panel={
        empty ? null : (
          <>
            <Found noun="component" state={still} matches={matches} indexOf={({ row }) => row}>
              {(node) => <ComparedRow node={node} unit={overview.unit} />}
            </Found>
            {selected === undefined ? null : (
              <ComparedPanel
                detail={selected}
                digests={{ left: left.digest, right: right.digest }}
                unit={overview.unit}
                state={still}
              />
            )}
          </>
        )
      }
    />
  );
}

function SideName({ side, artifact }: { side: "left" | "right"; artifact: CompareGraphView["left"] }) {
  return (
    <Link href={artifactPath(artifact.digest)} className="flex min-w-0 items-center gap-1.5 hover:text-accent">
      <SideMark side={side} />
      <Visible text={artifact.name} className="truncate" />
    </Link>
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
