import type { ReactNode } from "react";
import { Venn } from "#components/charts/venn.tsx";
import { RowCorrelation } from "#components/correlation/row-correlation.tsx";
import { Measure } from "#components/ui/measure.tsx";
import { ResultHead } from "#components/ui/result-head.tsx";
import { Section } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { nameArtifacts } from "#lib/display/artifact-names.ts";
import { formatBytes, formatCounted, formatShare } from "#lib/display/bytes.ts";
import { MEASURES } from "#lib/display/measures.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { toReportFigures } from "#lib/exports/report-figures.ts";
import type { CellContents, OverlapAnswer } from "#lib/model/answer.ts";
import { AlignableTable } from "./alignable-table.tsx";
import { CellPanel } from "./cell-panel.tsx";
import { ShareMatrix } from "./share-matrix.tsx";
import { Upset } from "./upset.tsx";

/** What a page adds to an answer: links and controls. A stored report adds none. */
export interface OverlapControls {
  readonly rungs: ReactNode;
  readonly quickCells: ReactNode;
  readonly cellTools: ReactNode;
  readonly matrixTools: ReactNode;
  readonly alignableTools: ReactNode;
  readonly pairHref: (left: number, right: number) => string;
  readonly moreCellsHref: string | undefined;
  readonly moreRowsHref: string | undefined;
  readonly cellLimit: number;
  readonly rowLimit: number;
}

/** How intersections open: by URL. A stored report opens those whose contents it includes. */
export interface CellOpening {
  readonly hrefOf: (held: readonly number[]) => string | undefined;
  readonly closeHref: string;
  /** The contents of the opened intersection. */
  readonly contents: CellContents | undefined;
}

interface OverlapResultProps {
  readonly answer: OverlapAnswer;
  readonly opening?: CellOpening;
  readonly share?: ReactNode;
  readonly controls?: OverlapControls;
}

const REPORT_CELLS = 40;
const REPORT_ROWS = 40;
const MAX_CIRCLES = 3;

/** The complete answer to "what do these share". Pure: an answer in, markup out. */
export function OverlapResult({ answer, opening, share, controls }: OverlapResultProps) {
  const names = nameArtifacts(answer.artifacts);
  return (
    <>
      <OverlapHead answer={answer} names={names} share={share} rungs={controls?.rungs} />
      <div className="mt-10">
        <RowCorrelation answer={answer} names={names} />
      </div>
      <Section
        id="cells"
        title="Intersections"
        note={`${formatCounted(answer.cells.length, "intersection")}, ${rungWords(answer)}`}
        tools={controls?.cellTools}
      >
        {controls?.quickCells}
        <div className="flex flex-wrap items-start gap-x-12 gap-y-8">
          <div className="min-w-0 flex-[1_1_32rem]">
            <Upset
              answer={answer}
              names={names}
              limit={controls?.cellLimit ?? REPORT_CELLS}
              cellHref={opening?.hrefOf}
              moreHref={controls?.moreCellsHref}
              opened={opening?.contents?.in}
            />
          </div>
          {names.length <= MAX_CIRCLES ? <Circles answer={answer} names={names} /> : null}
        </div>
        {opening?.contents === undefined ? null : (
          <CellPanel
            contents={opening.contents}
            artifacts={answer.artifacts}
            names={names}
            closeHref={opening.closeHref}
            moreHref={controls?.moreRowsHref}
            limit={controls?.rowLimit ?? REPORT_ROWS}
            linked={controls !== undefined}
          />
        )}
      </Section>
      <Section id="pairs" title="Pairwise" note={rungWords(answer)} tools={controls?.matrixTools}>
        <ShareMatrix matrix={answer.matrix} names={names} pairHref={controls?.pairHref} />
      </Section>
      <AlignablePart answer={answer} names={names} controls={controls} />
    </>
  );
}

function rungWords({ rung, estimated }: OverlapAnswer): string {
  return MEASURES[rung].label.toLowerCase() + (estimated ? ", estimated" : "");
}

interface OverlapHeadProps {
  readonly answer: OverlapAnswer;
  readonly names: readonly string[];
  readonly share: ReactNode;
  readonly rungs: ReactNode;
}

function OverlapHead({ answer, names, share, rungs }: OverlapHeadProps) {
  const { union, matrix, estimated } = answer;
  const apart = matrix.reduce((sum, row, i) => sum + row[i]!.bytes, 0);
  const less = `${formatShare(apart - union.bytes, apart)} less than ${formatBytes(apart)} stored separately`;
  const title = <>Overlap of {names.length === 2 ? <Pair names={names} /> : names.length}</>;
  return (
    <ResultHead title={title} actions={share} below={rungs}>
      {toReportFigures(answer).map(({ measure, label, bytes }) => (
        <Measure
          key={label}
          name={measure}
          label={label}
          value={bytes}
          estimated={estimated}
          leading
          note={measure === "union" ? less : formatShare(bytes, union.bytes)}
        />
      ))}
    </ResultHead>
  );
}

function Pair({ names }: { names: readonly string[] }) {
  return (
    <>
      <Visible text={names[0]!} /> <span className="text-dim">and</span> <Visible text={names[1]!} />
    </>
  );
}

function Circles({ answer, names }: { answer: OverlapAnswer; names: readonly string[] }) {
  const letters = ["A", "B", "C"].slice(0, names.length);
  return (
    <div className="w-full max-w-[22rem] flex-[0_1_22rem]">
      <Venn
        shared={answer.matrix.map((row) => row.map(({ bytes }) => bytes))}
        cells={answer.cells}
        letters={letters}
        label={`Circles for ${labelText(names.join(", "))}, areas proportional to bytes. The table has the same data.`}
      />
      <ul className="mt-2 space-y-0.5 text-xs">
        {names.map((name, i) => (
          <li key={letters[i]}>
            <span className="mr-2 font-semibold">{letters[i]}</span>
            <Visible text={name} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function AlignablePart({
  answer: { alignable, alignableTotal },
  names,
  controls,
}: Pick<OverlapResultProps, "answer" | "controls"> & { names: readonly string[] }) {
  const none = alignable.length === 0;
  const { names: count, savedBytes } = alignableTotal;
  return (
    <Section
      id="misaligned"
      title="Version drift"
      note={none ? undefined : `${formatCounted(count, "name")}, ${formatBytes(savedBytes)} saved by aligning`}
      tools={none ? undefined : controls?.alignableTools}
    >
      {none ? (
        <p className="text-[0.8125rem] text-dim">Every component has the same version in the whole set.</p>
      ) : (
        <AlignableTable
          alignable={alignable}
          total={alignableTotal}
          names={names}
          limit={controls?.rowLimit ?? REPORT_ROWS}
          moreHref={controls?.moreRowsHref}
        />
      )}
    </Section>
  );
}
