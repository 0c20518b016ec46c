import Link from "next/link";
import type { ReactNode } from "react";
import { CACHE_PATH, cacheAddress } from "#components/cache-hits/cache-address.ts";
import { CandidateList } from "#components/shell/candidates.tsx";
import { Page } from "#components/shell/page.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { MAX_SETS } from "#lib/model/rung.ts";
import { shortDigest } from "#lib/model/short-digest.ts";
import type { Choices } from "#lib/views/choose-set.ts";
import type { NameProblem } from "#lib/views/chosen-set.ts";
import type { SetPage } from "#lib/views/set-page.ts";
import { ChooseScreen } from "./choose-screen.tsx";
import { NameSet } from "./name-set.tsx";
import { diffPath, overlapPath, type SetPageName, savingsPath } from "./set-address.ts";
import { type PickedArtifact, SetPicker } from "./set-picker.tsx";

export type SetQuestion = "diff" | "overlap" | "savings";

interface SetScreenProps {
  readonly view: SetPage;
  readonly page: SetPageName;
  /** The question this page answers; none while artifacts are selected. */
  readonly question: SetQuestion | undefined;
  /** All names of the URL, and the same page about others. */
  readonly names: readonly string[];
  readonly hrefOf: (names: readonly string[]) => string;
  /** What else is wrong with the URL. */
  readonly notice?: ReactNode;
  /** The answer. */
  readonly children: ReactNode;
}

/** A page about a set: the set and its answer, or where a set is selected; above either, what is wrong with the URL. */
export function SetScreen({ view, page, question, names, hrefOf, notice, children }: SetScreenProps) {
  const { set, opening, activity, surplus } = view;
  return (
    <Page>
      {question === undefined ? null : (
        <SetBar picked={set.artifacts} opening={opening} question={question} page={page} />
      )}
      <NameProblems problems={set.problems} names={names} hrefOf={hrefOf} />
      <Surplus count={surplus} />
      {notice}
      {question === undefined ? (
        <ChooseScreen choices={opening} activity={activity} page={page} picked={set.artifacts} />
      ) : (
        children
      )}
    </Page>
  );
}

interface SetBarProps {
  readonly picked: readonly (PickedArtifact & { readonly digest: string })[];
  readonly opening: Choices;
  readonly question: SetQuestion;
  readonly page: SetPageName;
}

/** The set that a page is about, and the questions that can be asked about it. */
function SetBar({ picked, opening, question, page }: SetBarProps) {
  const texts = picked.map(({ text }) => text);
  return (
    <div className="mb-7 flex flex-wrap items-start gap-x-6 gap-y-2">
      <div className="min-w-0 flex-[1_1_24rem]">
        <SetPicker picked={picked} page={page} opening={opening} />
      </div>
      {texts.length < 2 ? null : <NameSet texts={texts} savedAs={findSavedName(picked, opening)} />}
      {texts.length < 2 ? null : <Questions texts={texts} question={question} />}
    </div>
  );
}

/** The name of a saved set with exactly these artifacts. */
function findSavedName(picked: SetBarProps["picked"], { groups }: Choices): string | undefined {
  const digests = new Set(picked.map(({ digest }) => shortDigest(digest)));
  const isThis = (texts: readonly string[]) =>
    texts.length === digests.size && texts.every((text) => digests.has(text));
  return groups.find(({ kind, texts }) => kind === "set" && isThis(texts))?.label;
}

function Questions({ texts, question }: { texts: readonly string[]; question: SetQuestion }) {
  const [a, b] = texts;
  const tabs = [
    { key: "diff", label: "Difference", href: texts.length === 2 ? diffPath(a, b) : undefined },
    { key: "overlap", label: "Overlap", href: overlapPath(texts) },
    { key: "savings", label: "Savings", href: savingsPath(texts) },
    { key: "cache", label: "Cache hits", href: cacheAddress.format(CACHE_PATH, { in: texts }) },
  ] as const;
  return (
    <nav aria-label="Questions about this set" className="flex h-10 items-center gap-1">
      {tabs.map(({ key, label, href }) =>
        href === undefined ? null : (
          <Link
            key={key}
            href={href}
            aria-current={key === question ? "page" : undefined}
            className={`inline-flex h-8 items-center rounded-md px-3 text-[0.8125rem] ${
              key === question ? "bg-ink font-medium text-ground" : "text-dim hover:bg-shade hover:text-ink"
            }`}
          >
            {label}
          </Link>
        ),
      )}
    </nav>
  );
}

type NameProblemsProps = Pick<SetScreenProps, "names" | "hrefOf"> & { readonly problems: readonly NameProblem[] };

/** Names in the URL that match nothing, or several artifacts, with links to these. */
function NameProblems({ problems, names, hrefOf }: NameProblemsProps) {
  if (problems.length === 0) return null;
  return (
    <div role="alert" className="mb-7 space-y-2 text-[0.8125rem]">
      {problems.map(({ text, message, candidates }) => (
        <div key={text} className="border-l-2 border-warn pl-3">
          <Visible text={`${message.slice(0, 1).toUpperCase()}${message.slice(1)}`} />
          {candidates.length === 0 ? ": choose another." : ":"}
          <CandidateList
            candidates={candidates}
            hrefOf={(candidate) => hrefOf(names.map((name) => (name === text ? digestOf(candidate) : name)))}
          />
        </div>
      ))}
    </div>
  );
}

/** The digest of a candidate is its last word. */
function digestOf(candidate: string): string {
  return shortDigest(candidate.slice(candidate.lastIndexOf(" ") + 1));
}

/** Says how many artifacts of the URL exceed the maximum of a set. */
function Surplus({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <p role="alert" className="mb-7 border-l-2 border-warn pl-3 text-[0.8125rem]">
      A set can have at most {MAX_SETS} artifacts. The last {count === 1 ? "one" : count} in the URL{" "}
      {count === 1 ? "was" : "were"} left out.
    </p>
  );
}
