import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { DiffResult } from "#components/diff/diff-result.tsx";
import { OverlapResult } from "#components/overlap/overlap-result.tsx";
import { buildCellOpening, rowLimitOf } from "#components/overlap/overlap-tools.tsx";
import { ShareAnswer } from "#components/report/share-form.tsx";
import { NoAnswer } from "#components/set/no-answer.tsx";
import { RepeatedNames } from "#components/set/repeated-names.tsx";
import {
  type DiffParams,
  diffAddress,
  diffPath,
  findRepeatedSide,
  type OverlapParams,
  overlapAddress,
  overlapPath,
  savingsPath,
  selectionPath,
} from "#components/set/set-address.ts";
import { SetScreen } from "#components/set/set-screen.tsx";
import type { SearchParams } from "#components/ui/search-params.ts";
import { MAX_NAMES } from "#lib/display/address.ts";
import { labelText } from "#lib/display/shown-text.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import { SizelessError, UsageError } from "#lib/model/problem.ts";
import { loadCell, loadDiff, loadOverlap } from "#lib/views/answers.ts";
import { loadSetPage, MIN_SETS } from "#lib/views/set-page.ts";
import { findSetTitles } from "#lib/views/titles.ts";
import { orReason } from "../or-reason.ts";

interface Props {
  readonly searchParams: SearchParams;
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { a, b } = diffAddress.parse(await searchParams);
  const { in: names } = overlapAddress.parse(await searchParams);
  if (a !== undefined && b !== undefined) return { title: labelText((await findSetTitles([a, b])).join(" → ")) };
  const titles = await findSetTitles(names);
  return { title: titles.length < MIN_SETS ? "Compare" : labelText(`Overlap of ${titles.join(", ")}`) };
}

export default async function ComparePage({ searchParams }: Props) {
  const asked = await searchParams;
  const [sides, list] = [diffAddress.parse(asked), overlapAddress.parse(asked)];
  // A form with two selected artifacts asks what changed. Our own links use one list.
  if (Array.isArray(asked.in) && list.in.length === 2) redirect(diffPath(list.in[0], list.in[1]));
  const repeated = findRepeatedSide(asked);
  const isList = repeated !== undefined || list.in.length > 0;
  const named = list.in.length > 0 ? list.in : [sides.a, sides.b].filter((name) => name !== undefined);
  const isSelecting = list.select.length > 0;
  const names = isSelecting ? list.select : (repeated?.names ?? named);
  const view = await loadSetPage(names, isSelecting ? MAX_NAMES : undefined);
  const { artifacts: parts, problems } = view.set;
  // Nothing is compared while a side is ambiguous; the names in the URL are selected already.
  const isEnough = parts.length >= MIN_SETS && repeated === undefined && !isSelecting;
  const question = isEnough ? (isList ? "overlap" : "diff") : undefined;
  const texts = parts.map(({ text }) => text);
  const hrefOf = (next: readonly string[]) =>
    isSelecting ? selectionPath("compare", next) : isList ? overlapPath(next) : diffPath(next[0], next[1]);
  const isSame = named.length > 1 && parts.length < MIN_SETS && problems.length === 0;
  return (
    <SetScreen
      view={view}
      page="compare"
      question={question}
      names={names}
      hrefOf={hrefOf}
      notice={repeated === undefined ? isSame && <SameTwice /> : <RepeatedNames {...repeated} />}
    >
      {question === "overlap" ? (
        <Overlap parts={parts} params={{ ...list, in: texts }} />
      ) : (
        <Difference parts={parts} params={{ ...sides, a: texts[0], b: texts[1] }} />
      )}
    </SetScreen>
  );
}

function SameTwice() {
  return (
    <p role="alert" className="mb-7 border-l-2 border-warn pl-3 text-[0.8125rem]">
      Both names refer to the same artifact: select a different one to compare.
    </p>
  );
}

interface AnswerProps<Params> {
  readonly parts: readonly ArtifactPart[];
  readonly params: Params;
}

async function Difference({ parts: [left, right], params }: AnswerProps<DiffParams>) {
  const answer = await orReason(loadDiff(left!, right!));
  if (answer instanceof UsageError)
    return (
      <NoAnswer
        title="The difference is not known"
        message={answer.message}
        offers={toOffers([params.a!, params.b!])}
      />
    );
  return <DiffResult answer={answer} share={<ShareAnswer answer={answer} />} params={params} />;
}

async function Overlap({ parts, params }: AnswerProps<OverlapParams>) {
  const { rung, cell } = params;
  const [answer, contents] = await Promise.all([
    orReason(loadOverlap({ parts, rung })),
    cell === undefined || cell.some((position) => position >= parts.length)
      ? undefined
      : orReason(loadCell(cell, { parts, rung, limit: rowLimitOf(params) })),
  ]);
  if (answer instanceof UsageError) return <NoOverlap error={answer} names={params.in} />;
  if (contents instanceof UsageError) return <NoOverlap error={contents} names={params.in} />;
  return (
    <OverlapResult
      answer={answer}
      share={<ShareAnswer answer={answer} cell={contents?.in} />}
      opening={buildCellOpening(params, contents)}
      params={params}
    />
  );
}

/** An SBOM has no bytes to share, but two artifacts have components to compare. */
function NoOverlap({ error, names }: { error: UsageError; names: readonly string[] }) {
  const title = "The overlap is not known";
  if (!(error instanceof SizelessError))
    return <NoAnswer title={title} message={error.message} offers={toOffers(names).slice(1)} />;
  const offers = names.length === 2 ? [{ label: "the difference", href: diffPath(names[0], names[1]) }] : [];
  return <NoAnswer title={title} message={error.message} offers={offers} lead="What is known of them:" />;
}

/** The questions about a set that manifests answer. */
function toOffers(names: readonly string[]) {
  return [
    { label: "overlap", href: overlapPath(names) },
    { label: "savings", href: savingsPath(names) },
  ];
}
