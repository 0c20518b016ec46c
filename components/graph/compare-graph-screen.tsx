import Link from "next/link";
import { diffPath } from "#components/set/set-address.ts";
import { SideMark } from "#components/ui/marks.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCount, formatCounted } from "#lib/display/bytes.ts";
import { artifactPath } from "#lib/display/paths.ts";
import { SIDES, type Side } from "#lib/display/sides.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import type { CompareGraphView } from "#lib/views/compare-graph.ts";
import { ComparedPanel, ComparedRow } from "./compared-panel.tsx";
import type { GraphState } from "./graph-address.ts";
import { Found, GraphFrame } from "./graph-frame.tsx";
import type { PictureColumn } from "./picture-table.tsx";

const COLUMNS: readonly PictureColumn[] = [
  { sort: "self", measure: "changedBytes" },
  { sort: "retained", measure: "retainedChange" },
];

/** Beside an SBOM. */
const COUNT_COLUMNS: readonly PictureColumn[] = [{ sort: "retained", measure: "changesBelow" }];

/** The united graph of two artifacts: components of one side, changed components, and the paths to them. */
export function CompareGraphScreen({ view, state }: { view: CompareGraphView; state: GraphState }) {
  const { left, right, picture, selected, matches } = view;
  return (
    <GraphFrame
      heading={
        <span className="flex min-w-0 items-center gap-2">
          <SideName side="left" artifact={left} />
          <span className="text-dim">→</span>
          <SideName side="right" artifact={right} />
        </span>
      }
      drawn={drawnWords(view)}
      links={
        <>
          {" · "}
          <Link href={diffPath(shortDigest(left.digest), shortDigest(right.digest))} className="text-link">
            the comparison
          </Link>
        </>
      }
      picture={picture}
      state={state}
      chosen={selected?.node.row}
      legend={<Legend unit={picture.unit} />}
      columns={picture.unit === "bytes" ? COLUMNS : COUNT_COLUMNS}
    >
      <Found noun="component" state={state} matches={matches} indexOf={({ row }) => row}>
        {(node) => <ComparedRow node={node} unit={picture.unit} />}
      </Found>
      {selected === undefined ? null : (
        <ComparedPanel
          detail={selected}
          digests={{ left: left.digest, right: right.digest }}
          unit={picture.unit}
          state={state}
        />
      )}
    </GraphFrame>
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

function drawnWords({ picture, changeCount }: CompareGraphView): string {
  const changes = picture.elements.filter(({ type, side }) => type === "node" && side !== "both").length;
  const drawn = changes === changeCount ? "all" : `${formatCount(changes)} of`;
  const words = changeCount === 0 ? "nothing differs" : `${drawn} ${formatCounted(changeCount, "change")}`;
  return `${words}, ${formatCounted(picture.nodeCount, "component")}`;
}

const SIDE_NAMES = Object.keys(SIDES) as Side[];

function Legend({ unit }: { unit: MeasureUnit }) {
  return (
    <>
      {SIDE_NAMES.map((side) => (
        <span key={side} className="inline-flex items-center gap-1.5">
          <SideMark side={side} /> {SIDES[side].label}
        </span>
      ))}
      <span>lines: solid on both, dashed only left, dotted only right</span>
      <span>filled: {unit === "bytes" ? "changed bytes" : "changes"} below it</span>
    </>
  );
}
