import { Bytes } from "#components/ui/bytes.tsx";
import { DataTable, None, type ShownColumn, shown } from "#components/ui/data-table.tsx";
import { Definitions } from "#components/ui/definitions.tsx";
import { CsvLink, Section } from "#components/ui/section.tsx";
import { ShareBar } from "#components/ui/share-bar.tsx";
import { sortColumns } from "#components/ui/sort-columns.ts";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCounted, formatShare } from "#lib/display/bytes.ts";
import { HIT_RUNG_DEFINITIONS, HIT_RUNG_LABELS, hitsSentence, missWords } from "#lib/display/cache-words.ts";
import { CACHE_STEP_COLUMNS, HIT_COLUMNS } from "#lib/exports/tables/cache-hits.ts";
import {
  type CacheAnswer,
  type CachePair,
  type CacheStep,
  HIT_RUNGS,
  type HitRatio,
  type RungHits,
} from "#lib/model/cache-hits.ts";
import { tidyCreatedBy } from "#lib/model/created-by.ts";
import {
  CACHE_PATH,
  type CacheParams,
  cacheAddress,
  cacheCsvPath,
  cacheHref,
  type HIT_SORTS,
  type STEP_SORTS,
} from "./cache-address.ts";
import { LineSection } from "./line-section.tsx";

interface CacheProps {
  readonly answer: CacheAnswer;
  readonly params: CacheParams;
}

/** The ratios, in building and in pulling side by side; below, the steps of two versions, or a line of versions. */
export function CacheResult({ answer, params }: CacheProps) {
  const [first, ...more] = answer.pairs;
  return (
    <>
      <p data-answer className="mt-8 max-w-5xl break-words empty:hidden">
        <Visible text={hitsSentence(answer)} />
      </p>
      <HitSection hits={answer.hits} params={params} />
      {more.length > 0 ? (
        <LineSection pairs={answer.pairs} params={params} />
      ) : (
        <StepSection pair={first!} params={params} />
      )}
    </>
  );
}

function HitSection({ hits, params }: { hits: readonly RungHits[]; params: CacheParams }) {
  const { rows, sortBy } = sortColumns<RungHits, (typeof HIT_SORTS)[number]>(
    HIT_COLUMNS,
    hits,
    { sort: params.hitsort, direction: params.hitdirection },
    (hitsort, hitdirection) => cacheHref(params, { hitsort, hitdirection }, "hits"),
  );
  const columns: ShownColumn<RungHits>[] = [
    shown<RungHits>(HIT_COLUMNS.rung, {
      sort: sortBy("rung"),
      className: "whitespace-nowrap pr-4",
      cell: ({ rung }) => (
        <span data-tip={HIT_RUNG_DEFINITIONS[rung]} className="measure-name">
          {HIT_RUNG_LABELS[rung]}
        </span>
      ),
    }),
    shown<RungHits>(HIT_COLUMNS.building, {
      sort: sortBy("building"),
      className: "sm:w-1/2",
      cell: ({ building, estimated }) => <Ratio of={building} estimated={estimated} />,
    }),
    shown<RungHits>(HIT_COLUMNS.builtAgain, { sort: sortBy("builtAgain"), from: "sm", cell: toBuiltAgain }),
    shown<RungHits>(HIT_COLUMNS.pulling, {
      sort: sortBy("pulling"),
      className: "sm:w-1/2",
      cell: ({ pulling, estimated, pullEstimated }) => <Ratio of={pulling} estimated={estimated || pullEstimated} />,
    }),
    shown<RungHits>(HIT_COLUMNS.pulledAgain, { sort: sortBy("pulledAgain"), from: "sm", cell: toPulledAgain }),
  ];
  return (
    <Section id="hits" title="Hit ratios" tools={<CsvLink href={cacheCsvPath("hits", params)} />}>
      <DataTable label="Hit ratios" columns={columns} rows={rows} keyOf={({ rung }) => rung} />
      <p className="mt-2 text-xs text-dim">
        Built: the share of each version’s content that the previous version already has. Pulled: the share of its
        download that a host with the previous version can skip. ≈ and hatching mark estimates.
      </p>
      <Definitions names={HIT_RUNGS} labels={HIT_RUNG_LABELS} definitions={HIT_RUNG_DEFINITIONS} />
    </Section>
  );
}

function Ratio({ of: { ratio }, estimated }: { of: HitRatio; estimated: boolean }) {
  if (ratio === null) return <None />;
  return (
    <span className="flex items-center justify-end gap-2">
      <span aria-hidden className="hidden h-2.5 min-w-16 grow bg-shade sm:block">
        <ShareBar share={ratio} estimated={estimated} />
      </span>
      <span className="w-16 shrink-0 tabular-nums">
        {estimated ? "≈ " : ""}
        {formatShare(ratio, 1)}
      </span>
    </span>
  );
}

function toBuiltAgain(hits: RungHits) {
  return <Again bytes={HIT_COLUMNS.builtAgain.value(hits) as number | null} estimated={hits.estimated} />;
}

function toPulledAgain(hits: RungHits) {
  const { estimated, pullEstimated } = hits;
  const bytes = HIT_COLUMNS.pulledAgain.value(hits) as number | null;
  return <Again bytes={bytes} estimated={estimated || pullEstimated} />;
}

function Again({ bytes, estimated }: { bytes: number | null; estimated: boolean }) {
  return bytes === null ? <None /> : <Bytes value={bytes} estimated={estimated} />;
}

type NumberedStep = CacheStep & { readonly i: number };

function StepSection({ pair, params }: { pair: CachePair; params: CacheParams }) {
  if (pair.steps.length === 0) return null;
  const { rows, sortBy } = sortColumns<NumberedStep, (typeof STEP_SORTS)[number]>(
    CACHE_STEP_COLUMNS,
    pair.steps.map((step, i) => ({ ...step, i })),
    { sort: params.stepsort, direction: params.stepdirection },
    (stepsort, stepdirection) => cacheHref(params, { stepsort, stepdirection }, "steps"),
  );
  const { layer, createdBy, miss, contentSize, sameBytes, downloadSize } = CACHE_STEP_COLUMNS;
  const columns: ShownColumn<NumberedStep>[] = [
    shown<NumberedStep>(layer, { sort: sortBy("layer"), from: "sm", className: "w-12" }),
    shown<NumberedStep>(createdBy, {
      sort: sortBy("createdBy"),
      headingClass: "max-sm:pl-0",
      className: "max-w-0 w-full min-w-32 py-1 max-sm:pl-0",
      cell: toStep,
    }),
    shown<NumberedStep>(miss, {
      sort: sortBy("miss"),
      from: "sm",
      className: "whitespace-nowrap",
      cell: (step) => <Miss step={step} />,
    }),
    shown<NumberedStep>(contentSize, { sort: sortBy("contentSize") }),
    shown<NumberedStep>(sameBytes, { sort: sortBy("sameBytes") }),
    shown<NumberedStep>(downloadSize, { sort: sortBy("downloadSize"), from: "sm" }),
  ];
  return (
    <Section
      id="steps"
      title="Step by step"
      note={rebuiltWords(pair)}
      tools={<CsvLink href={cacheCsvPath("steps", params)} />}
    >
      <DataTable
        label="Steps of the build"
        columns={columns}
        rows={rows}
        keyOf={({ i }) => i}
        limit={params.steps}
        rest={(count) => formatCounted(count, "more step")}
        moreHref={cacheAddress.more(CACHE_PATH, params, "steps", "#steps")}
      />
    </Section>
  );
}

/** The step as it was written; on a narrow page with what the cache has of it below. */
function toStep(step: CacheStep) {
  return (
    <>
      <span className="block truncate">
        <Visible text={tidyCreatedBy(step.createdBy)} />
      </span>
      <span className="block truncate text-xs sm:hidden">
        <Miss step={step} />
      </span>
    </>
  );
}

/** A hit is quiet: the eye is to find what was built again. */
function Miss({ step }: { step: CacheStep }) {
  return <span className={step.miss === null ? "text-dim" : "text-warn"}>{missWords(step)}</span>;
}

function rebuiltWords({ rebuilt: { steps, contentSize, sameBytes } }: CachePair): string {
  if (steps === 0) return "the cache has every step";
  const same = `${formatBytes(sameBytes)} of it in files that were there before`;
  return `${formatCounted(steps, "step")} built again: ${formatBytes(contentSize)}, ${same}`;
}
