import { DEFAULT_ROWS, diffPath, type OverlapParams, overlapAddress } from "#components/set/set-address.ts";
import { Chips } from "#components/ui/chips.tsx";
import { CsvLink } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { nameArtifacts } from "#lib/display/artifact-names.ts";
import { formatBytes } from "#lib/display/bytes.ts";
import { MEASURES } from "#lib/display/measures.ts";
import type { CellContents, OverlapAnswer } from "#lib/model/answer.ts";
import { isByDownload } from "#lib/model/artifact-label.ts";
import { CONTENT_RUNG_NAMES, DOWNLOAD_RUNG_NAMES } from "#lib/model/rung.ts";
import { shortDigest } from "#lib/model/short-digest.ts";

/** Rows that an opened intersection shows at first. */
const CELL_ROWS = 12;

/** How intersections open: by URL. A stored report opens those whose contents it includes. */
export interface CellOpening {
  readonly hrefOf: (held: readonly number[]) => string | undefined;
  readonly closeHref: string;
  /** The contents of the opened intersection. */
  readonly contents: CellContents | undefined;
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

/** The comparison of two artifacts of the set. */
export function pairHref({ artifacts }: OverlapAnswer, params: OverlapParams) {
  const texts = artifacts.map(({ digest, root }) => root ?? shortDigest(digest));
  const named = params.in.length === texts.length ? params.in : texts;
  return (left: number, right: number) => diffPath(named[left], named[right]);
}

function addressOf(params: OverlapParams, changes: Partial<OverlapParams>): string {
  return overlapAddress.format("/compare", { ...params, ...changes });
}

/** A table of the page as a CSV file. */
export function TableLink({ table, params }: { table: string; params: OverlapParams }) {
  const { rung, in: names } = params;
  return <CsvLink href={overlapAddress.format(`/compare/${table}.csv`, { rung, in: names })} />;
}

/** An overlap's tables are shorter than a difference's by default. */
export function rowLimitOf({ rows }: OverlapParams): number {
  return rows === DEFAULT_ROWS ? CELL_ROWS : rows;
}

export function RungChips({ answer, params }: { answer: OverlapAnswer; params: OverlapParams }) {
  const rungs = isByDownload(answer.artifacts) ? DOWNLOAD_RUNG_NAMES : CONTENT_RUNG_NAMES;
  const chips = rungs.map((rung) => ({
    key: rung,
    // The contents of an intersection depend on the rung, its artifacts do not: the opened one stays open.
    href: addressOf(params, { rung }),
    chosen: rung === answer.rung,
    label: <span data-tip={MEASURES[rung].definition}>{rung}</span>,
  }));
  return (
    <div className="mt-3 -ml-0.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-[0.8125rem]">
      <span className="text-dim">Deduplicate by</span>
      <Chips label="Deduplicate by" chips={chips} />
    </div>
  );
}

/** Links to what all share, and to what is unique to each. */
export function QuickCells({ answer, params }: { answer: OverlapAnswer; params: OverlapParams }) {
  const { artifacts, cells } = answer;
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
