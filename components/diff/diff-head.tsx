import type { ReactNode } from "react";
import { SideMark } from "#components/ui/marks.tsx";
import { Figure, Measure, MeasureLabel } from "#components/ui/measure.tsx";
import { ResultHead } from "#components/ui/result-head.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { artifactKind } from "#lib/display/artifact-kind.ts";
import { formatCount, formatCounted, formatExactBytes, formatShare } from "#lib/display/bytes.ts";
import { formatDelta } from "#lib/display/delta.ts";
import { SIDE_OF_CHANGE } from "#lib/display/sides.ts";
import { CHANGE_KINDS } from "#lib/exports/component-changes.ts";
import { totalMeasure } from "#lib/exports/report-figures.ts";
import type { DiffAnswer } from "#lib/model/answer.ts";

const SIDE_NAMES = ["Left", "Right"];

interface DiffHeadProps {
  readonly answer: DiffAnswer;
  readonly names: readonly string[];
  /** At the right: Share. */
  readonly share?: ReactNode;
}

/** The compared artifacts, and the difference between them. */
export function DiffHead({ answer, names, share }: DiffHeadProps) {
  const { totals, artifacts } = answer;
  const words =
    totals.delta === 0 ? "no difference in bytes" : `${formatShare(Math.abs(totals.delta), totals.left)} of the left`;
  return (
    <ResultHead actions={share} title={<Sides names={names} />}>
      {artifacts.map((artifact, i) => (
        <Measure
          key={SIDE_NAMES[i]}
          name={totalMeasure(artifact)}
          label={SIDE_NAMES[i]}
          value={i === 0 ? totals.left : totals.right}
          note={artifact.kind}
        />
      ))}
      <Figure label={<MeasureLabel name="delta" />} note={words} tip={formatExactBytes(totals.delta)}>
        <data value={totals.delta}>{formatDelta(totals.delta)}</data>
      </Figure>
      <ChangeCounts answer={answer} />
    </ResultHead>
  );
}

/** The same beside an SBOM: numbers of components, because bytes are not known. */
export function CountedDiffHead({ answer, names }: Omit<DiffHeadProps, "share">) {
  const { totals, artifacts } = answer;
  return (
    <ResultHead title={<Sides names={names} />}>
      {artifacts.map((artifact, i) => (
        <Figure key={SIDE_NAMES[i]} label={SIDE_NAMES[i]} note={artifactKind(artifact)}>
          {formatCounted(i === 0 ? totals.left : totals.right, "component")}
        </Figure>
      ))}
      <Figure label="Bytes" note="an SBOM states none">
        <span className="text-dim">not known</span>
      </Figure>
      <ChangeCounts answer={answer} />
    </ResultHead>
  );
}

function Sides({ names }: Pick<DiffHeadProps, "names">) {
  return (
    <>
      <Visible text={names[0]!} />
      <span className="text-dim"> → </span>
      <Visible text={names[1]!} />
    </>
  );
}

function ChangeCounts({ answer: { components } }: { answer: DiffAnswer }) {
  return (
    <div className="flex flex-col gap-0.5">
      <dt className="text-xs text-dim">{formatCounted(components.length, "component")}</dt>
      <dd className="mt-1 grid grid-cols-2 gap-x-6 gap-y-1 text-[0.8125rem]">
        {CHANGE_KINDS.map((change) => (
          <span key={change} className="inline-flex items-center gap-2">
            <SideMark side={SIDE_OF_CHANGE[change]} />
            {formatCount(components.filter((row) => row.change === change).length)} {change}
          </span>
        ))}
      </dd>
    </div>
  );
}
