import Link from "next/link";
import { Count } from "#components/ui/bytes.tsx";
import { DataTable, None, type ShownColumn, shown } from "#components/ui/data-table.tsx";
import { CsvLink, Section } from "#components/ui/section.tsx";
import { sortColumns } from "#components/ui/sort-columns.ts";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { CACHE_PAIR_COLUMNS } from "#lib/exports/tables/cache-hits.ts";
import type { CachePair } from "#lib/model/cache-hits.ts";
import {
  CACHE_PATH,
  type CacheParams,
  cacheAddress,
  cacheCsvPath,
  cacheHref,
  type PAIR_SORTS,
} from "./cache-address.ts";

/** A line of versions, each beside the one before. */
export function LineSection({ pairs, params }: { pairs: readonly CachePair[]; params: CacheParams }) {
  const { before, after, firstMiss, steps, contentSize, sameBytes, downloadSize } = CACHE_PAIR_COLUMNS;
  const { rows, sortBy } = sortColumns<CachePair, (typeof PAIR_SORTS)[number]>(
    CACHE_PAIR_COLUMNS,
    pairs,
    { sort: params.pairsort, direction: params.pairdirection },
    (pairsort, pairdirection) => cacheHref(params, { pairsort, pairdirection }, "line"),
  );
  const columns: ShownColumn<CachePair>[] = [
    shown<CachePair>(before, { sort: sortBy("before"), from: "md", className: "max-w-0 w-1/4 truncate" }),
    shown<CachePair>(after, {
      sort: sortBy("after"),
      headingClass: "max-md:pl-0",
      className: "max-w-0 w-1/3 min-w-28 py-1 max-md:pl-0",
      cell: toAfter,
    }),
    shown<CachePair>(firstMiss, {
      sort: sortBy("firstMiss"),
      from: "lg",
      cell: (pair) => (pair.firstMiss === null ? <None /> : <Count value={pair.firstMiss + 1} />),
    }),
    shown<CachePair>(steps, { sort: sortBy("steps"), cell: toRebuilt }),
    shown<CachePair>(contentSize, { sort: sortBy("contentSize") }),
    shown<CachePair>(sameBytes, { sort: sortBy("sameBytes"), from: "sm" }),
    shown<CachePair>(downloadSize, { sort: sortBy("downloadSize"), from: "sm" }),
  ];
  return (
    <Section id="line" title="Version by version" tools={<CsvLink href={cacheCsvPath("line", params)} />}>
      <DataTable
        label="Successive versions"
        columns={columns}
        rows={rows}
        keyOf={({ before: one, after: other }) => `${one.id} ${other.id}`}
      />
    </Section>
  );
}

/** Linked to the steps of this pair; on a narrow page with the previous version below. */
function toAfter({ before, after }: CachePair) {
  return (
    <>
      <Link
        href={cacheAddress.format(CACHE_PATH, { in: [before.id, after.id] })}
        prefetch={false}
        className="block truncate hover:text-accent"
      >
        <Visible text={after.name} />
      </Link>
      <span className="block truncate text-xs text-dim md:hidden">
        after <Visible text={before.name} />
      </span>
    </>
  );
}

function toRebuilt({ rebuilt, steps }: CachePair) {
  return (
    <span className="whitespace-nowrap tabular-nums">
      {rebuilt.steps} of {formatCounted(steps.length, "step")}
    </span>
  );
}
