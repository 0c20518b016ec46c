import { DEFAULT_ROWS, type DiffParams, diffAddress, FILE_CHANGES } from "#components/set/set-address.ts";
import { Chips } from "#components/ui/chips.tsx";
import { SideMark } from "#components/ui/marks.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { toggled } from "#components/ui/search-params.ts";
import { CsvLink } from "#components/ui/section.tsx";
import { firstDirection } from "#components/ui/sort-links.ts";
import { formatBytes, formatCount } from "#lib/display/bytes.ts";
import { KIND_LABELS } from "#lib/display/colours.ts";
import { SIDE_OF_CHANGE } from "#lib/display/sides.ts";
import { CHANGE_KINDS, sumChanges } from "#lib/exports/component-changes.ts";
import { FILE_CHANGE_WORDS } from "#lib/exports/tables/diff.ts";
import type { DiffAnswer, FileChangeKind } from "#lib/model/answer.ts";
import { commonUnit } from "#lib/model/measure-unit.ts";

/** Size limits for leaving out smaller components. */
const MIN_SIZES = [100 * 1024, 1024 ** 2] as const;

/** The order of the components: the largest changes first, unless the URL says otherwise. */
export function changeOrder({ sort = "impact", direction }: Partial<DiffParams> = {}) {
  return { sort, direction: direction ?? firstDirection(sort) };
}

export function fileOrder({ filesort: sort = "difference", filedirection }: Partial<DiffParams> = {}) {
  return { sort, direction: filedirection ?? firstDirection(sort) };
}

/** The URL of the same difference with some parameters changed. */
export function diffHref(params: DiffParams, changes: Partial<DiffParams>): string {
  return diffAddress.format("/compare", { ...params, ...changes });
}

/** A table of the page as a CSV file. */
export function TableLink({ table, params: { a, b } }: { table: string; params: DiffParams }) {
  return <CsvLink href={diffAddress.format(`/compare/${table}.csv`, { a, b })} />;
}

/** By default unchanged components are below the first rows: all changes, up to the usual number. */
export function rowLimitOf({ components }: DiffAnswer, params: DiffParams): number {
  const { change, kind, q, least, rows } = params;
  const isFiltered = change.length + kind.length > 0 || q !== "" || least > 0 || changeOrder(params).sort !== "impact";
  if (rows !== DEFAULT_ROWS || isFiltered) return rows;
  const changed = components.filter((row) => row.change !== "same").length;
  return changed === 0 ? DEFAULT_ROWS : Math.min(changed, DEFAULT_ROWS);
}

export function ComponentTools({ answer, params }: { answer: DiffAnswer; params: DiffParams }) {
  const sums = new Map(sumChanges(answer.components).map((sum) => [sum.change, sum]));
  const kinds = [...new Set(answer.components.map(({ kind }) => kind))].sort();
  const changeChips = CHANGE_KINDS.filter((change) => sums.has(change)).map((change) => ({
    key: change,
    chosen: params.change.includes(change),
    href: diffHref(params, { change: toggled(params.change, change) }),
    label: (
      <>
        <SideMark side={SIDE_OF_CHANGE[change]} />
        {change} {formatCount(sums.get(change)!.count)}
      </>
    ),
  }));
  const kindChips = kinds.map((kind) => ({
    key: kind,
    label: KIND_LABELS[kind],
    chosen: params.kind.includes(kind),
    href: diffHref(params, { kind: toggled(params.kind, kind) }),
  }));
  const sizeChips = MIN_SIZES.map((least) => ({
    key: String(least),
    label: `≥ ${formatBytes(least).replace(".0", "")}`,
    chosen: params.least === least,
    href: diffHref(params, { least: params.least === least ? 0 : least }),
  }));
  return (
    <>
      <Chips label="Kind of change" chips={changeChips} />
      {kinds.length > 1 ? <Chips label="Kind of component" chips={kindChips} /> : null}
      {commonUnit(answer.artifacts) === "bytes" ? <Chips label="At least this large" chips={sizeChips} /> : null}
      <SearchField parameter="q" label="Filter by name" resets={["rows"]} />
      <TableLink table="components" params={params} />
    </>
  );
}

export function FileTools({ counts, params }: { counts: Record<FileChangeKind, number>; params: DiffParams }) {
  const chips = FILE_CHANGES.filter((change) => counts[change] > 0).map((change) => ({
    key: change,
    chosen: params.file.includes(change),
    href: diffHref(params, { file: toggled(params.file, change) }),
    label: (
      <>
        <SideMark side={SIDE_OF_CHANGE[change]} />
        {FILE_CHANGE_WORDS[change]} {formatCount(counts[change])}
      </>
    ),
  }));
  return (
    <>
      <Chips label="Kind of change to files" chips={chips} />
      <TableLink table="files" params={params} />
    </>
  );
}
