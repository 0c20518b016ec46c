import type { ReactNode } from "react";
import { Measure, MeasureLabel } from "#components/ui/measure.tsx";
import { SideMark } from "#components/ui/side-mark.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted, formatExactBytes, formatShare } from "#lib/display/bytes.ts";
import { CHANGE_KINDS } from "#lib/display/component-changes.ts";
import { formatDelta } from "#lib/display/delta.ts";
import { SIDE_OF_CHANGE } from "#lib/display/sides.ts";
import { totalMeasure } from "#lib/exports/report-figures.ts";
import type { DiffAnswer } from "#lib/model/answer.ts";

const SIDE_NAMES = ["Left", "Right"];

interface DiffHeadProps {
  readonly answer: DiffAnswer;
  readonly names: readonly string[];
  /** At the right: Share. */
  readonly share?: ReactNode;
}

/** What is compared, and by how much it differs. */
export function DiffHead({ answer, names, share }: DiffHeadProps) {
  const { totals, artifacts } = answer;
  return (
    <div>
      <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-3">
        <h1 className="min-w-0 text-2xl font-medium tracking-tight break-words">
          <Visible text={names[0]!} />
          <span className="text-dim"> → </span>
          <Visible text={names[1]!} />
        </h1>
        {share}
      </div>
      <dl className="mt-5 flex flex-wrap items-start gap-x-10 gap-y-4">
        {artifacts.map((artifact, i) => (
          <Measure
            key={SIDE_NAMES[i]}
            name={totalMeasure(artifact)}
            label={SIDE_NAMES[i]}
            value={i === 0 ? totals.left : totals.right}
            leading
            note={artifact.kind}
          />
        ))}
        <div className="flex flex-col gap-0.5">
          <dt className="text-xs text-dim">
            <MeasureLabel name="delta" />
          </dt>
          <dd className="text-2xl font-medium tracking-tight" data-tip={formatExactBytes(totals.delta)}>
            <data value={totals.delta}>{formatDelta(totals.delta)}</data>
            <div className="text-xs font-normal tracking-normal text-dim">
              {totals.delta === 0
                ? "no difference in bytes"
                : `${formatShare(Math.abs(totals.delta), totals.left)} of the left`}
            </div>
          </dd>
        </div>
        <ChangeCounts answer={answer} />
      </dl>
    </div>
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
            {components.filter((row) => row.change === change).length.toLocaleString("en-US")} {change}
          </span>
        ))}
      </dd>
    </div>
  );
}
