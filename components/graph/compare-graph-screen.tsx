import Link from "next/link";
import { diffPath } from "#components/set/set-address.ts";
import { SideMark } from "#components/ui/side-mark.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCount, formatCounted } from "#lib/display/bytes.ts";
import { artifactPath } from "#lib/display/paths.ts";
import { SIDES, type Side } from "#lib/display/sides.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import type { CompareGraphView } from "#lib/views/compare-graph.ts";
import { ComparedMatches, ComparedPanel } from "./compared-panel.tsx";
import { CloseGroups, NotDrawn } from "./drawn-notes.tsx";
import type { GraphState } from "./graph-address.ts";
import { GraphFrame } from "./graph-frame.tsx";
import { type PictureColumn, PictureTable } from "./picture-table.tsx";

const COLUMNS: readonly PictureColumn[] = [
  { sort: "self", measure: "changedBytes" },
  { sort: "retained", measure: "retainedChange" },
];

/** The united graph of two artifacts: components of one side, changed components, and the paths to them. */
export function CompareGraphScreen({ view, state }: { view: CompareGraphView; state: GraphState }) {
  const { left, right, picture, selected, matches } = view;
  return (
    <GraphFrame
      heading={<Heading view={view} />}
      drawn={<Drawn view={view} state={state} />}
      picture={picture}
      state={state}
      chosen={selected?.node.row}
      legend={<Legend />}
    >
      {state.q === "" ? null : <ComparedMatches matches={matches} state={state} />}
      {selected === undefined ? null : (
        <ComparedPanel detail={selected} digests={{ left: left.digest, right: right.digest }} state={state} />
      )}
      <section aria-label="Nodes shown" className="p-4 sm:p-5">
        <h2 className="mb-1 text-base font-medium tracking-tight">Nodes shown</h2>
        <PictureTable picture={picture} columns={COLUMNS} state={state} />
      </section>
    </GraphFrame>
  );
}

function Heading({ view: { left, right } }: { view: CompareGraphView }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Link href={artifactPath(left.digest)} className="flex min-w-0 items-center gap-1.5 hover:text-accent">
        <SideMark side="left" />
        <Visible text={left.name} className="truncate" />
      </Link>
      <span className="text-dim">→</span>
      <Link href={artifactPath(right.digest)} className="flex min-w-0 items-center gap-1.5 hover:text-accent">
        <SideMark side="right" />
        <Visible text={right.name} className="truncate" />
      </Link>
    </span>
  );
}

function Drawn({ view, state }: { view: CompareGraphView; state: GraphState }) {
  const { picture, changeCount, left, right } = view;
  const nodes = picture.elements.filter(({ type }) => type === "node").length;
  const changes = picture.elements.filter(({ type, side }) => type === "node" && side !== "both").length;
  return (
    <>
      {changeCount === 0
        ? "nothing differs"
        : changes === changeCount
          ? `all ${formatCounted(changeCount, "change")}`
          : `${formatCount(changes)} of ${formatCounted(changeCount, "change")}`}
      {`, ${formatCounted(picture.nodeCount, "component")}`}
      <NotDrawn picture={picture} />
      <CloseGroups state={state} allDrawn={nodes === picture.nodeCount} />
      {" · "}
      <Link href={diffPath(shortDigest(left.digest), shortDigest(right.digest))} className="text-link">
        the comparison
      </Link>
    </>
  );
}

const SIDE_NAMES = Object.keys(SIDES) as Side[];

function Legend() {
  return (
    <>
      {SIDE_NAMES.map((side) => (
        <span key={side} className="inline-flex items-center gap-1.5">
          <SideMark side={side} /> {SIDES[side].label}
        </span>
      ))}
      <span>lines: solid on both, dashed only left, dotted only right</span>
      <span>filled: changed bytes below it</span>
      <span>bold border: root</span>
      <span>dashed box: a group, click to open</span>
    </>
  );
}
