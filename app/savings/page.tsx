import type { Metadata } from "next";
import Link from "next/link";
import { RELAYER_PATH, relayerAddress } from "#components/relayer/relayer-address.ts";
import { ShareAnswer } from "#components/report/share-form.tsx";
import { SavingsResult } from "#components/savings/savings-result.tsx";
import { NoAnswer } from "#components/set/no-answer.tsx";
import { savingsAddress, savingsPath, selectionPath } from "#components/set/set-address.ts";
import { SetScreen } from "#components/set/set-screen.tsx";
import type { SearchParams } from "#components/ui/search-params.ts";
import { CsvLink } from "#components/ui/section.tsx";
import { MAX_NAMES } from "#lib/display/address.ts";
import { labelText } from "#lib/display/shown-text.ts";
import type { SavingsAnswer } from "#lib/model/answer.ts";
import type { ArtifactPart } from "#lib/model/artifact-part.ts";
import { UsageError } from "#lib/model/problem.ts";
import { loadSavings } from "#lib/views/answers.ts";
import { loadSetPage } from "#lib/views/set-page.ts";
import { findSetTitles } from "#lib/views/titles.ts";
import { orReason } from "../or-reason.ts";

interface Props {
  readonly searchParams: SearchParams;
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { in: names } = savingsAddress.parse(await searchParams);
  const titles = await findSetTitles(names);
  return { title: titles.length === 0 ? "Savings" : labelText(`Savings of ${titles.join(", ")}`) };
}

export default async function SavingsPage({ searchParams }: Props) {
  const { in: named, select } = savingsAddress.parse(await searchParams);
  const names = select.length > 0 ? select : named;
  const view = await loadSetPage(names, select.length > 0 ? MAX_NAMES : undefined);
  const { artifacts } = view.set;
  const question = select.length > 0 || artifacts.length === 0 ? undefined : "savings";
  const hrefOf = (next: readonly string[]) => (select.length > 0 ? selectionPath("savings", next) : savingsPath(next));
  return (
    <SetScreen view={view} page="savings" question={question} names={names} hrefOf={hrefOf}>
      <Ladder parts={artifacts} names={artifacts.map(({ text }) => text)} />
    </SetScreen>
  );
}

function tools(names: readonly string[], answer: SavingsAnswer) {
  const pathOf = (table: string) => savingsAddress.format(`/savings/${table}.csv`, { in: names });
  const ladder = (
    <span className="flex gap-4">
      {answer.artifacts.every(({ kind }) => kind === "image") ? <RelayerLink names={names} /> : null}
      <CsvLink href={pathOf("ladder")} />
    </span>
  );
  return { ladder, marginal: <CsvLink href={pathOf("marginal")} /> };
}

/** How much of the way from layers to files other layers would go. */
function RelayerLink({ names }: { names: readonly string[] }) {
  return (
    <Link
      href={relayerAddress.format(RELAYER_PATH, { image: names })}
      prefetch={false}
      className="text-dim hover:text-accent"
    >
      Relayer…
    </Link>
  );
}

async function Ladder({ parts, names }: { parts: readonly ArtifactPart[]; names: readonly string[] }) {
  const answer = await orReason(loadSavings(parts));
  if (answer instanceof UsageError)
    return <NoAnswer title="The savings are not known" message={answer.message} offers={[]} />;
  return <SavingsResult answer={answer} share={<ShareAnswer answer={answer} />} tools={tools(names, answer)} />;
}
