import { DEFAULT_ROWS, diffPath, type OverlapParams, overlapAddress } from "#components/set/set-address.ts";
import { Chips } from "#components/ui/chips.tsx";
import { CsvLink } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { nameArtifacts } from "#lib/display/artifact-names.ts";
import { formatBytes } from "#lib/display/bytes.ts";
import { MEASURES } from "#lib/display/measures.ts";
import type { CellContents, OverlapAnswer } from "#lib/model/answer.ts";
import { RUNG_NAMES } from "#lib/model/rung.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import type { CellOpening, OverlapControls } from "./overlap-result.tsx";

/** Rows that an opened intersection shows at first. */
const CELL_ROWS = 12;

/** The rungs, intersections and links of an overlap, all part of the URL. */
export function buildOverlapControls(answer: OverlapAnswer, params: OverlapParams): OverlapControls {
  const texts = answer.artifacts.map(({ digest, root }) => root ?? shortDigest(digest));
  const textOf = (i: number) => (params.in.length === texts.length ? params.in[i]! : texts[i]!);
  return {
    rungs: <RungChips params={params} />,
    quickCells: <QuickCells answer={answer} params={params} />,
    cellTools: <CsvLink href={tablePath("cells", params)} />,
    matrixTools: <CsvLink href={tablePath("matrix", params)} />,
    alignableTools: <CsvLink href={tablePath("misaligned", params)} />,
    pairHref: (left, right) => diffPath(textOf(left), textOf(right)),
    moreCellsHref: overlapAddress.more("/compare", params, "cells", "#cells"),
    moreRowsHref: overlapAddress.more("/compare", params, "rows"),
    cellLimit: params.cells,
    rowLimit: rowLimitOf(params),
  };
}

/** Intersections open by URL; `contents` are those of the open one. */
export function buildCellOpening(params: OverlapParams, contents: CellContents | undefined): CellOpening {
  return {
    hrefOf: (held) => cellAddress(params, held),
    closeHref: addressOf(params, { cell: undefined }),
    contents,
  };
}

function cellAddress(params: OverlapParams, held: readonly number[]): string {
  return `${addressOf(params, { cell: held })}#cell`;
}

function addressOf(params: OverlapParams, changes: Partial<OverlapParams>): string {
  return overlapAddress.format("/compare", { ...params, ...changes });
}

/** A table of the page as a CSV file. */
function tablePath(table: string, { rung, in: names }: OverlapParams): string {
  return overlapAddress.format(`/compare/${table}.csv`, { rung, in: names });
}

/** An overlap's tables are shorter than a difference's by default. */
export function rowLimitOf({ rows }: OverlapParams): number {
  return rows === DEFAULT_ROWS ? CELL_ROWS : rows;
}

function RungChips({ params }: { params: OverlapParams }) {
  const chips = RUNG_NAMES.map((rung) => ({
    key: rung,
    // The contents of an intersection depend on the rung, its artifacts do not: the opened one stays open.
    href: addressOf(params, { rung }),
    chosen: rung === params.rung,
    label: <span data-tip={MEASURES[rung].definition}>{rung}</span>,
  }));
  return (
    <div className="mt-3 -ml-0.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-[0.8125rem]">
      <span className="text-dim">Deduplicate by</span>
      <Chips label="Deduplicate by" chips={chips} />
    </div>
  );
}

interface QuickCellsProps {
  readonly answer: OverlapAnswer;
  readonly params: OverlapParams;
}

/** Links to what all share, and to what is unique to each. */
function QuickCells({ answer: { artifacts, cells }, params }: QuickCellsProps) {
  const names = nameArtifacts(artifacts);
  const all = [...names.keys()];
  const bytesOf = (held: readonly number[]) => cells.find((cell) => cell.in.join(".") === held.join("."))?.bytes ?? 0;
  const opened = params.cell?.join(".");
  // Empty ones have no chip, except an open one, which has to be visible as open.
  const held = [all, ...all.map((i) => [i])].filter((cell) => bytesOf(cell) > 0 || cell.join(".") === opened);
  if (held.length === 0) return null;
  const chips = held.map((held) => ({
    key: held.join("."),
    href: cellAddress(params, held),
    chosen: opened === held.join("."),
    label: (
      <>
        {held.length === 1 ? (
          <span className="max-w-48 truncate">
            only <Visible text={names[held[0]!]!} />
          </span>
        ) : (
          "in all"
        )}{" "}
        <span className="text-xs">{formatBytes(bytesOf(held))}</span>
      </>
    ),
  }));
  return (
    <div className="mb-4 -ml-2">
      <Chips label="Shared by all, and unique to each" chips={chips} />
    </div>
  );
}
