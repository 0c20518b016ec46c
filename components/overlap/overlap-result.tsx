import type { ReactNode } from "react";
import { Venn } from "#components/charts/venn.tsx";
import { RowCorrelation } from "#components/correlation/row-correlation.tsx";
import { type OverlapParams, overlapAddress } from "#components/set/set-address.ts";
import { ByDownload } from "#components/ui/by-download.tsx";
import { Measure } from "#components/ui/measure.tsx";
import { ResultHead } from "#components/ui/result-head.tsx";
import { Section } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { nameArtifacts } from "#lib/display/artifact-names.ts";
import { byDownloadNote } from "#lib/display/by-download.ts";
import { formatBytes, formatCounted, formatShare } from "#lib/display/bytes.ts";
import { MEASURES } from "#lib/display/measures.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { toOverlapFigures } from "#lib/exports/report-figures.ts";
import type { OverlapAnswer } from "#lib/model/answer.ts";
import { isByDownload } from "#lib/model/artifact-label.ts";
import { AlignableTable } from "./alignable-table.tsx";
import { CellPanel } from "./cell-panel.tsx";
import { type CellOpening, pairHref, QuickCells, RungChips, rowLimitOf, TableLink } from "./overlap-tools.tsx";
import { ShareMatrix } from "./share-matrix.tsx";
import { Upset } from "./upset.tsx";

interface OverlapResultProps {
  readonly answer: OverlapAnswer;
  readonly opening?: CellOpening;
  readonly share?: ReactNode;
  /** The rung and limits of a page's URL, which adds links and controls. A stored report has none. */
  readonly params?: OverlapParams;
}

const REPORT_CELLS = 40;
const REPORT_ROWS = 40;
const MAX_CIRCLES = 3;

/** The complete answer to "what do these share". Pure: an answer in, markup out. */
export function OverlapResult({ answer, opening, share, params }: OverlapResultProps) {
  const names = nameArtifacts(answer.artifacts);
  const rows = {
    limit: params === undefined ? REPORT_ROWS : rowLimitOf(params),
    moreHref: params && overlapAddress.more("/compare", params, "rows"),
  };
  return (
    <>
      <OverlapHead
        answer={answer}
        names={names}
        share={share}
        rungs={params && <RungChips answer={answer} params={params} />}
      />
      <ByDownload note={byDownloadNote(answer.artifacts)} />
      <div className="mt-10">
        <RowCorrelation answer={answer} names={names} />
      </div>
      <Section
        id="cells"
        title="Intersections"
        note={`${formatCounted(answer.cells.length, "intersection")}, ${rungWords(answer)}`}
        tools={params && <TableLink table="cells" params={params} />}
      >
        {params && <QuickCells answer={answer} params={params} />}
        <div className="flex flex-wrap items-start gap-x-12 gap-y-8">
          <div className="min-w-0 flex-[1_1_32rem]">
            <Upset
              answer={answer}
              names={names}
              limit={params?.cells ?? REPORT_CELLS}
              cellHref={opening?.hrefOf}
              moreHref={params && overlapAddress.more("/compare", params, "cells", "#cells")}
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
            {...rows}
            linked={params !== undefined}
          />
        )}
      </Section>
      <Section
        id="pairs"
        title="Pairwise"
        note={rungWords(answer)}
        tools={params && <TableLink table="matrix" params={params} />}
      >
        <ShareMatrix matrix={answer.matrix} names={names} pairHref={params && pairHref(answer, params)} />
      </Section>
      {isByDownload(answer.artifacts) ? null : (
        <Section
          id="misaligned"
          title="Version drift"
          note={driftNote(answer)}
          tools={params && answer.alignable.length > 0 ? <TableLink table="misaligned" params={params} /> : undefined}
        >
          <AlignableTable answer={answer} names={names} {...rows} />
        </Section>
      )}
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
      {toOverlapFigures(answer).map(({ measure, label, bytes }) => (
        <Measure
          key={label}
          name={measure}
          label={label}
          value={bytes}
          estimated={estimated}
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

function driftNote({ alignable, alignableTotal: { names, savedBytes } }: OverlapAnswer): string | undefined {
  if (alignable.length === 0) return undefined;
  return `${formatCounted(names, "name")}, ${formatBytes(savedBytes)} saved by aligning`;
}
