import Link from "next/link";
import {
  compareGraphPath,
  DEFAULT_ROWS,
  type DiffParams,
  diffAddress,
  FILE_CHANGES,
} from "#components/set/set-address.ts";
import { Chips } from "#components/ui/chips.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { toggled } from "#components/ui/search-params.ts";
import { CsvLink } from "#components/ui/section.tsx";
import { SideMark } from "#components/ui/side-mark.tsx";
import { firstDirection, sortLinks } from "#components/ui/sort-links.ts";
import { formatBytes, formatCount } from "#lib/display/bytes.ts";
import { KIND_LABELS } from "#lib/display/colours.ts";
import { SIDE_OF_CHANGE } from "#lib/display/sides.ts";
import { CHANGE_KINDS, type ChangeSort, chooseChanges, sumChanges } from "#lib/exports/component-changes.ts";
import { chooseFileChanges, type FileSort } from "#lib/exports/file-changes.ts";
import { FILE_CHANGE_WORDS } from "#lib/exports/tables/diff.ts";
import type { DiffAnswer, FileChangeKind } from "#lib/model/answer.ts";
import type { DiffControls } from "./diff-result.tsx";

/** Size limits for leaving out smaller components. */
const MIN_SIZES = [100 * 1024, 1024 ** 2] as const;

/** The filters, orders and links of a difference, all part of the URL. */
export function buildDiffControls(answer: DiffAnswer, params: DiffParams): DiffControls {
  const sort = params.sort ?? "impact";
  const direction = params.direction ?? firstDirection(sort);
  const filter = {
    changes: params.change,
    kinds: params.kind,
    text: params.q,
    leastBytes: params.least,
    sort,
    direction,
  };
  const { changes = [], counts } = answer.files ?? {};
  const [left, right] = answer.artifacts;
  const fileSort = params.filesort ?? "difference";
  const fileOrder = { sort: fileSort, direction: params.filedirection ?? firstDirection(fileSort) };
  const chosenFiles: readonly FileChangeKind[] = params.file.length === 0 ? FILE_CHANGES : params.file;
  return {
    rows: chooseChanges(answer.components, filter),
    rowLimit: params.rows === DEFAULT_ROWS && isPlain(params) ? withoutSame(answer) : params.rows,
    sortBy: sortLinks<ChangeSort>({ sort, direction }, (key, next) =>
      addressOf(params, { sort: key, direction: next }),
    ),
    moreRowsHref: diffAddress.more("/compare", params, "rows", "#components"),
    componentTools: <ComponentTools answer={answer} params={params} />,
    files: chooseFileChanges(changes, { changes: params.file, ...fileOrder }),
    sortFilesBy: sortLinks<FileSort>(
      fileOrder,
      (key, next) => `${addressOf(params, { filesort: key, filedirection: next })}#files`,
    ),
    fileCount: counts === undefined ? 0 : chosenFiles.reduce((sum, change) => sum + counts[change], 0),
    fileLimit: params.files,
    moreFilesHref: diffAddress.more("/compare", params, "files", "#files"),
    fileTools: counts === undefined ? null : <FileTools counts={counts} params={params} />,
    graphTools: (
      <Link href={compareGraphPath(left.id, right.id)} prefetch={false} className="text-link">
        Open both graphs as one
      </Link>
    ),
    layerTools: <CsvLink href={tablePath("layers", params)} />,
  };
}

function addressOf(params: DiffParams, changes: Partial<DiffParams>): string {
  return diffAddress.format("/compare", { ...params, ...changes });
}

/** A table of the page as a CSV file. */
function tablePath(table: string, { a, b }: DiffParams): string {
  return diffAddress.format(`/compare/${table}.csv`, { a, b });
}

/** No filter is set. */
function isPlain({ change, kind, q, least, sort }: DiffParams): boolean {
  return change.length + kind.length === 0 && q === "" && least === 0 && (sort ?? "impact") === "impact";
}

/** Unchanged components come after the first rows: by default all changed ones, up to the usual number. */
function withoutSame({ components }: DiffAnswer): number {
  const changed = components.filter(({ change }) => change !== "same").length;
  return changed === 0 ? DEFAULT_ROWS : Math.min(changed, DEFAULT_ROWS);
}

function ComponentTools({ answer, params }: { answer: DiffAnswer; params: DiffParams }) {
  const sums = new Map(sumChanges(answer.components).map((sum) => [sum.change, sum]));
  const kinds = [...new Set(answer.components.map(({ kind }) => kind))].sort();
  const changeChips = CHANGE_KINDS.filter((change) => sums.has(change)).map((change) => ({
    key: change,
    chosen: params.change.includes(change),
    href: addressOf(params, { change: toggled(params.change, change) }),
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
    href: addressOf(params, { kind: toggled(params.kind, kind) }),
  }));
  const sizeChips = MIN_SIZES.map((least) => ({
    key: String(least),
    label: `≥ ${formatBytes(least).replace(".0", "")}`,
    chosen: params.least === least,
    href: addressOf(params, { least: params.least === least ? 0 : least }),
  }));
  return (
    <>
      <Chips label="Kind of change" chips={changeChips} />
      {kinds.length > 1 ? <Chips label="Kind of component" chips={kindChips} /> : null}
      <Chips label="At least this large" chips={sizeChips} />
      <SearchField parameter="q" label="Filter by name" resets={["rows"]} />
      <CsvLink href={tablePath("components", params)} />
    </>
  );
}

function FileTools({ counts, params }: { counts: Record<FileChangeKind, number>; params: DiffParams }) {
  const chips = FILE_CHANGES.filter((change) => counts[change] > 0).map((change) => ({
    key: change,
    chosen: params.file.includes(change),
    href: addressOf(params, { file: toggled(params.file, change) }),
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
      <CsvLink href={tablePath("files", params)} />
    </>
  );
}
