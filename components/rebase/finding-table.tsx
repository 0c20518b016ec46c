import { Chips } from "#components/ui/chips.tsx";
import { DataTable, type ShownColumn, shown } from "#components/ui/data-table.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { CsvLink, Section } from "#components/ui/section.tsx";
import { sortColumns } from "#components/ui/sort-columns.ts";
import { formatCount, formatCounted } from "#lib/display/bytes.ts";
import { CHECK_LABELS, WEIGHT_LABELS } from "#lib/display/rebase-words.ts";
import { FINDING_COLUMNS, type ListedFinding, listFindings } from "#lib/exports/tables/rebase.ts";
import type { RebaseAnswer } from "#lib/model/rebase-answer.ts";
import { countBy, filterFindings } from "./filter-findings.ts";
import { FindingMeaning, FindingPath } from "./finding-place.tsx";
import {
  type FINDING_SORTS,
  findingsHref,
  moreFindingsHref,
  REBASE_PATH,
  type RebaseParams,
  rebaseAddress,
} from "./rebase-address.ts";
import { WeightMark } from "./weight-mark.tsx";

type NumberedFinding = ListedFinding & { readonly at: number };

interface FindingTableProps {
  readonly answer: RebaseAnswer;
  /** The image as it is. */
  readonly digest: string;
  readonly params: RebaseParams;
}

/** All findings, what blocks first: filtered by check, layer, path and words. Nothing without a finding. */
export function FindingTable({ answer, digest, params }: FindingTableProps) {
  const lists = { findings: listFindings(answer), before: listFindings(answer, "before") };
  if (lists.findings.length + lists.before.length === 0) return null;
  const all = lists[params.list];
  const { rows, sortBy } = sortColumns<NumberedFinding, (typeof FINDING_SORTS)[number]>(
    FINDING_COLUMNS,
    filterFindings(all, params).map((finding, at) => ({ ...finding, at })),
    { sort: params.sort ?? "weight", direction: params.direction },
    (sort, direction) => findingsHref(params, { sort, direction }),
  );
  const { weight, check, path, layer, message } = FINDING_COLUMNS;
  const columns: ShownColumn<NumberedFinding>[] = [
    shown<NumberedFinding>(weight, { sort: sortBy("weight"), className: CELL, cell: toWeight }),
    shown<NumberedFinding>(check, {
      sort: sortBy("check"),
      from: "md",
      className: `${CELL} whitespace-nowrap`,
      cell: (finding) => CHECK_LABELS[finding.check],
    }),
    shown<NumberedFinding>(layer, { sort: sortBy("layer"), from: "sm", className: CELL }),
    shown<NumberedFinding>(path, {
      sort: sortBy("path"),
      headingClass: "sm:pl-4",
      className: `${CELL} w-full min-w-40 sm:pl-4 lg:w-[32%]`,
      cell: (finding) => <Found finding={finding} digest={digest} />,
    }),
    shown<NumberedFinding>(message, {
      from: "lg",
      className: `${CELL} w-[52%] break-words`,
      cell: (finding) => <FindingMeaning finding={finding} />,
    }),
  ];
  const isFiltered = params.check !== undefined || params.layer !== undefined || params.q !== "";
  const { image, from, to, against, list, q } = params;
  const filter = { image, from, to, against, check: params.check, layer: params.layer, q };
  return (
    <Section
      id="all-findings"
      title="All findings"
      note={isFiltered ? `${formatCount(rows.length)} of ${formatCount(all.length)}` : formatCount(all.length)}
      tools={
        <>
          <SearchField parameter="q" label="Filter by path or words" resets={["rows"]} className="w-52" />
          <CsvLink href={rebaseAddress.format(`${REBASE_PATH}/${list}.csv`, filter)} />
        </>
      }
    >
      <Filters lists={lists} params={params} />
      <DataTable
        label="Findings of all checks"
        columns={columns}
        rows={rows}
        keyOf={({ at }) => at}
        limit={params.rows}
        empty={all.length === 0 ? "Nothing was found." : "No finding matches the filter."}
        rest={(count) => formatCounted(count, "more finding")}
        moreHref={moreFindingsHref(params)}
      />
    </Section>
  );
}

/** Several lines a row: what is short is beside the first. */
const CELL = "py-2 align-top";

function toWeight({ weight }: ListedFinding) {
  return (
    <span className="flex items-center gap-1.5 whitespace-nowrap">
      <WeightMark weight={weight} />
      <span aria-hidden className="max-sm:hidden">
        {WEIGHT_LABELS[weight]}
      </span>
    </span>
  );
}

/** The path; on a narrower page with the other columns below. */
function Found({ finding, digest }: { finding: ListedFinding; digest: string }) {
  const { path, layer, check } = finding;
  return (
    <>
      <FindingPath path={path} digest={digest} />
      <span className={`text-xs text-dim md:hidden ${path === "" ? "" : "block"}`}>
        {CHECK_LABELS[check]}
        {layer === undefined ? null : <span className="sm:hidden"> · layer {layer}</span>}
      </span>
      {path === "" ? <span className="text-dim max-md:hidden">the whole image</span> : null}
      <span className="mt-0.5 block break-words lg:hidden">
        <FindingMeaning finding={finding} />
      </span>
    </>
  );
}

interface FiltersProps {
  readonly lists: Readonly<Record<RebaseParams["list"], readonly ListedFinding[]>>;
  readonly params: RebaseParams;
}

/** Which list, which check, and which layer; a filter with one choice alone is left out. */
function Filters({ lists, params }: FiltersProps) {
  const all = lists[params.list];
  const listChips = (["findings", "before"] as const).map((list) => ({
    key: list,
    href: findingsHref(params, { list, check: undefined, layer: undefined, q: "" }),
    chosen: params.list === list,
    label: (
      <Counted label={list === "findings" ? "Caused by the rebase" : "Broken before"} count={lists[list].length} />
    ),
  }));
  const ofLayer = filterFindings(all, { check: undefined, layer: params.layer, q: params.q });
  const checkChips = countBy(ofLayer, ({ check }) => check).map(({ value, count }) => ({
    key: value,
    href: findingsHref(params, { check: params.check === value ? undefined : value }),
    chosen: params.check === value,
    label: <Counted label={CHECK_LABELS[value]} count={count} />,
  }));
  const ofCheck = filterFindings(all, { check: params.check, layer: undefined, q: params.q });
  const layerChips = countBy(ofCheck, ({ layer }) => layer)
    .toSorted((a, b) => a.value - b.value)
    .map(({ value, count }) => ({
      key: `${value}`,
      href: findingsHref(params, { layer: params.layer === value ? undefined : value }),
      chosen: params.layer === value,
      label: <Counted label={`Layer ${value}`} count={count} />,
    }));
  return (
    <div className="mb-2 -ml-2 flex flex-wrap gap-x-6 gap-y-1">
      {lists.before.length === 0 ? null : <Chips label="List" chips={listChips} />}
      {checkChips.length < 2 && params.check === undefined ? null : <Chips label="Check" chips={checkChips} />}
      {layerChips.length < 2 && params.layer === undefined ? null : <Chips label="Layer" chips={layerChips} />}
    </div>
  );
}

function Counted({ label, count }: { label: string; count: number }) {
  return (
    <>
      {label} <span className="tabular-nums">{formatCount(count)}</span>
    </>
  );
}
