import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { buildDiffControls } from "#components/diff/diff-controls.tsx";
import { DiffResult } from "#components/diff/diff-result.tsx";
import { buildCellOpening, buildOverlapControls, rowLimitOf } from "#components/overlap/overlap-controls.tsx";
import { OverlapResult } from "#components/overlap/overlap-result.tsx";
import { ShareAnswer } from "#components/report/share-form.tsx";
import { ChooseScreen } from "#components/set/choose-screen.tsx";
import {
  type CompareParams,
  compareParams,
  findRepeatedSide,
  type RepeatedSide,
} from "#components/set/compare-params.ts";
import { RepeatedNames } from "#components/set/repeated-names.tsx";
import { NameProblems, SetBar, Surplus } from "#components/set/set-bar.tsx";
import { Page } from "#components/shell/page.tsx";
import type { SearchParams } from "#components/ui/search-params.ts";
import { diffPath, overlapPath, replaced } from "#lib/display/set-address.ts";
import { labelText } from "#lib/display/shown-text.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import { loadCell, loadDiff, loadOverlap } from "#lib/views/answers.ts";
import { loadSetPage, MIN_SETS, type SetPage } from "#lib/views/set-page.ts";
import { findSetTitles } from "#lib/views/titles.ts";

interface Props {
  readonly searchParams: SearchParams;
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { a, b, in: names } = compareParams.parse(await searchParams);
  if (a !== undefined && b !== undefined) return { title: labelText((await findSetTitles([a, b])).join(" → ")) };
  const titles = await findSetTitles(names);
  return { title: titles.length < MIN_SETS ? "Compare" : labelText(`Overlap of ${titles.join(", ")}`) };
}

export default async function ComparePage({ searchParams }: Props) {
  const asked = await searchParams;
  const params = compareParams.parse(asked);
  // A form with two boxes ticked: what people ask of two is what changed. Our own links write the list in one.
  if (Array.isArray(asked.in) && params.in.length === 2) redirect(diffPath(params.in[0]!, params.in[1]!));
  const repeated = findRepeatedSide(asked);
  if (repeated !== undefined) return <Repeated side={repeated} />;
  const names = params.in.length > 0 ? params.in : [params.a, params.b].filter((name) => name !== undefined);
  const page = await loadSetPage(names);
  const { artifacts } = page.set;
  const hrefOf = (text: string, meant: string) => {
    const next = replaced(names, text, meant);
    return params.in.length > 0 ? overlapPath(next) : diffPath(next[0] ?? "", next[1] ?? "");
  };
  if (artifacts.length < MIN_SETS) {
    return (
      <Frame page={page} question={undefined} hrefOf={hrefOf}>
        {names.length > 1 && page.set.problems.length === 0 ? <SameTwice /> : null}
        <ChooseScreen
          choices={page.opening}
          changes={page.changes}
          page="compare"
          picked={artifacts.map(({ text }) => text)}
        />
      </Frame>
    );
  }
  const carried = artifacts.map(({ text }) => text);
  return params.in.length > 0 ? (
    <Frame page={page} question="overlap" hrefOf={hrefOf}>
      <Overlap parts={artifacts} params={{ ...params, in: carried }} />
    </Frame>
  ) : (
    <Frame page={page} question="diff" hrefOf={hrefOf}>
      <Difference parts={artifacts} params={{ ...params, a: carried[0], b: carried[1] }} />
    </Frame>
  );
}

interface FrameProps {
  readonly page: SetPage;
  readonly question: "diff" | "overlap" | undefined;
  readonly hrefOf: (text: string, meant: string) => string;
  readonly children: ReactNode;
}

function Frame({ page: { set, opening, surplus }, question, hrefOf, children }: FrameProps) {
  return (
    <Page>
      <SetBar picked={set.artifacts} opening={opening} question={question} page="compare" />
      <NameProblems problems={set.problems} hrefOf={hrefOf} />
      <Surplus count={surplus} />
      {children}
    </Page>
  );
}

/** Compares nothing while a name is ambiguous; what the address names is chosen already. */
async function Repeated({ side: { names, parameter, times } }: { side: RepeatedSide }) {
  const page = await loadSetPage(names);
  return (
    <Frame page={page} question={undefined} hrefOf={(text, meant) => overlapPath(replaced(names, text, meant))}>
      <RepeatedNames parameter={parameter} times={times} names={names} />
      <ChooseScreen
        choices={page.opening}
        changes={page.changes}
        page="compare"
        picked={page.set.artifacts.map(({ text }) => text)}
      />
    </Frame>
  );
}

function SameTwice() {
  return (
    <p role="alert" className="mb-7 border-l-2 border-warn pl-3 text-[0.8125rem]">
      Both names mean the same artifact: choose another to compare it with.
    </p>
  );
}

interface AnswerProps {
  readonly parts: readonly ArtifactPart[];
  readonly params: CompareParams;
}

async function Difference({ parts: [left, right], params }: AnswerProps) {
  const answer = await loadDiff(left!, right!);
  return (
    <DiffResult answer={answer} share={<ShareAnswer answer={answer} />} controls={buildDiffControls(answer, params)} />
  );
}

async function Overlap({ parts, params }: AnswerProps) {
  const { rung, cell } = params;
  const [answer, contents] = await Promise.all([
    loadOverlap({ parts, rung }),
    cell === undefined || cell.some((position) => position >= parts.length)
      ? undefined
      : loadCell(cell, { parts, rung, limit: rowLimitOf(params) }),
  ]);
  return (
    <OverlapResult
      answer={answer}
      share={<ShareAnswer answer={answer} cell={contents?.in} />}
      opening={buildCellOpening(params, contents)}
      controls={buildOverlapControls(answer, params)}
    />
  );
}
