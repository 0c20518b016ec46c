import type { ReactNode } from "react";
import { Count } from "#components/ui/bytes.tsx";
import { DataTable, None, type ShownColumn, shown } from "#components/ui/data-table.tsx";
import { Definitions } from "#components/ui/definitions.tsx";
import { CsvLink, Section } from "#components/ui/section.tsx";
import { ShareBar } from "#components/ui/share-bar.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCounted, formatShare } from "#lib/display/bytes.ts";
import { HIT_RUNG_DEFINITIONS, HIT_RUNG_LABELS, missWords } from "#lib/display/cache-words.ts";
import { CACHE_PAIR_COLUMNS, CACHE_STEP_COLUMNS, HIT_COLUMNS } from "#lib/exports/tables/cache-hits.ts";
import {
  type CacheAnswer,
  type CachePair,
  type CacheStep,
  HIT_RUNGS,
  type HitRatio,
  type RungHits,
} from "#lib/model/cache-hits.ts";
import { tidyCreatedBy } from "#lib/model/created-by.ts";
import { CACHE_PATH, cacheAddress } from "./cache-address.ts";

interface CacheProps {
  readonly answer: CacheAnswer;
  /** The names in the URL. */
  readonly names: readonly string[];
  readonly steps: number;
}

const csvPath = (table: string, names: readonly string[]) =>
  cacheAddress.format(`${CACHE_PATH}/${table}.csv`, { in: names });

/** The ratios, in building and in pulling side by side; below, the steps of two versions, or a line of versions. */
export function CacheResult({ answer, names, steps }: CacheProps) {
  const [first, ...more] = answer.pairs;
  return (
    <>
      <HitSection hits={answer.hits} names={names} />
      {more.length > 0 ? (
        <LineSection pairs={answer.pairs} names={names} />
      ) : (
        <StepSection pair={first!} names={names} limit={steps} />
      )}
    </>
  );
}

function HitSection({ hits, names }: { hits: readonly RungHits[]; names: readonly string[] }) {
  const columns: ShownColumn<RungHits>[] = [
    shown<RungHits>(HIT_COLUMNS.rung, {
      className: "whitespace-nowrap",
      cell: ({ rung }) => (
        <span data-tip={HIT_RUNG_DEFINITIONS[rung]} className="measure-name">
          {HIT_RUNG_LABELS[rung]}
        </span>
      ),
    }),
    ratioColumn(
      HIT_COLUMNS.building.name,
      ({ building }) => building,
      ({ estimated }) => estimated,
    ),
    shown<RungHits>(HIT_COLUMNS.builtAgain, { from: "sm" }),
    ratioColumn(
      HIT_COLUMNS.pulling.name,
      ({ pulling }) => pulling,
      ({ estimated, pullEstimated }) => estimated || pullEstimated,
    ),
    shown<RungHits>(HIT_COLUMNS.pulledAgain, { from: "sm" }),
  ];
  return (
    <Section id="hits" title="Hit ratios" tools={<CsvLink href={csvPath("hits", names)} />}>
      <DataTable label="Hit ratios" columns={columns} rows={hits} keyOf={({ rung }) => rung} />
      <p className="mt-2 text-xs text-dim">
        Built: of the content of each version, the share that the version before has. Pulled: of its download, what a
        host with the version before does not need. ≈ is an estimate.
      </p>
      <Definitions names={HIT_RUNGS} labels={HIT_RUNG_LABELS} definitions={HIT_RUNG_DEFINITIONS} />
    </Section>
  );
}

function ratioColumn(
  name: string,
  ratioOf: (hits: RungHits) => HitRatio,
  isEstimated: (hits: RungHits) => boolean,
): ShownColumn<RungHits> {
  const cell = (hits: RungHits): ReactNode => {
    const { ratio } = ratioOf(hits);
    if (ratio === null) return <None />;
    return (
      <span className="flex items-center justify-end gap-2">
        <span aria-hidden className="hidden h-2.5 w-24 bg-shade sm:block">
          <ShareBar share={ratio} estimated={isEstimated(hits)} />
        </span>
        <span className="w-16 tabular-nums">
          {isEstimated(hits) ? "≈ " : ""}
          {formatShare(ratio, 1)}
        </span>
      </span>
    );
  };
  return { name, right: true, cell };
}

function StepSection({ pair, names, limit }: { pair: CachePair; names: readonly string[]; limit: number }) {
  if (pair.steps.length === 0) return null;
  const columns: ShownColumn<CacheStep>[] = [
    shown<CacheStep>(CACHE_STEP_COLUMNS.createdBy, {
      className: "max-w-0 w-full min-w-32 truncate",
      cell: ({ createdBy }) => <Visible text={tidyCreatedBy(createdBy)} />,
    }),
    shown<CacheStep>(CACHE_STEP_COLUMNS.miss, { className: "whitespace-nowrap", cell: missWords }),
    shown<CacheStep>(CACHE_STEP_COLUMNS.contentSize),
    shown<CacheStep>(CACHE_STEP_COLUMNS.sameBytes),
    shown<CacheStep>(CACHE_STEP_COLUMNS.downloadSize, { from: "sm" }),
  ];
  const rows = pair.steps.map((step, i) => ({ ...step, i }));
  return (
    <Section
      id="steps"
      title="Step by step"
      note={rebuiltWords(pair)}
      tools={<CsvLink href={csvPath("steps", names)} />}
    >
      <DataTable
        label="Steps of the build"
        columns={columns}
        rows={rows}
        keyOf={(step) => (step as CacheStep & { readonly i: number }).i}
        limit={limit}
        rest={(count) => formatCounted(count, "more step")}
        moreHref={cacheAddress.more(CACHE_PATH, { in: names, steps: limit }, "steps", "#steps")}
      />
    </Section>
  );
}

function rebuiltWords({ rebuilt: { steps, contentSize, sameBytes } }: CachePair): string {
  if (steps === 0) return "the cache has every step";
  const same = `of which ${formatBytes(sameBytes)} are the same files`;
  return `${formatCounted(steps, "step")} built again with ${formatBytes(contentSize)}, ${same}`;
}

function LineSection({ pairs, names }: { pairs: readonly CachePair[]; names: readonly string[] }) {
  const { before, after, firstMiss, steps, contentSize, sameBytes, downloadSize } = CACHE_PAIR_COLUMNS;
  const columns: ShownColumn<CachePair>[] = [
    shown<CachePair>(before, { className: "max-w-48 truncate" }),
    shown<CachePair>(after, { className: "max-w-48 truncate" }),
    shown<CachePair>(firstMiss, {
      cell: (pair) => (pair.firstMiss === null ? <None /> : <Count value={pair.firstMiss + 1} />),
    }),
    shown<CachePair>(steps),
    shown<CachePair>(contentSize),
    shown<CachePair>(sameBytes),
    shown<CachePair>(downloadSize),
  ];
  return (
    <Section id="line" title="Version by version" tools={<CsvLink href={csvPath("line", names)} />}>
      <DataTable
        label="Successive versions"
        columns={columns}
        rows={pairs}
        keyOf={({ before: one, after: other }) => `${one.id} ${other.id}`}
      />
    </Section>
  );
}
