import Link from "next/link";
import { ReadLayers } from "#components/jobs/read-layers.tsx";
import { ChangeImages } from "#components/set/change-images.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { lineageName } from "#lib/display/lineage-words.ts";
import { artifactPath } from "#lib/display/paths.ts";
import { VERDICT_DEFINITIONS, VERDICT_LABELS, verdictReason } from "#lib/display/verdict-words.ts";
import type { RebaseVerdict } from "#lib/model/rebase-answer.ts";
import type { RebaseView } from "#lib/views/rebase.ts";
import { AgainstSection } from "./against-section.tsx";
import { FindingSection } from "./finding-section.tsx";
import { FindingTable } from "./finding-table.tsx";
import { PullSection } from "./pull-section.tsx";
import { REBASE_PATH, type RebaseParams, rebaseAddress } from "./rebase-address.ts";
import { RebaseForm } from "./rebase-form.tsx";
import { RebasePicture } from "./rebase-picture.tsx";
import { WriteSection } from "./write-section.tsx";
import { WrittenSection } from "./written-section.tsx";

interface RebaseScreenProps {
  readonly view: RebaseView;
  readonly params: RebaseParams;
  /** Whether layers may be read for the sender of the request. */
  readonly mayRead: boolean;
}

/** A rebase before anything is written: the verdict, the bytes, and every finding. */
export function RebaseScreen({ view, params, mayRead }: RebaseScreenProps) {
  const { plan, answer } = view;
  const { image, from, to } = plan;
  const isMovable = hasBase(view);
  return (
    <>
      <Way view={view} />
      <h1 className="mt-1 text-2xl font-medium tracking-tight break-words">
        Rebase <Visible text={lineageName(image)} /> from <Visible text={lineageName(from)} /> to{" "}
        <Visible text={lineageName(to)} />
      </h1>
      {answer === undefined ? (
        <ReadLayers
          path={rebaseAddress.format(`${REBASE_PATH}/verdict`, {
            image: image.id,
            from: from.id,
            to: to.id,
            against: plan.rebuilt?.id ?? "",
          })}
          sources={[image, from, to].map(({ source }) => source)}
          isRemote={view.isRemote}
          mayRead={mayRead}
          undone="No verdict yet"
          doing="Judging…"
        />
      ) : (
        <p className="mt-2 flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <VerdictMark verdict={answer.verdict} />
          <span className="min-w-0 break-words">
            <Visible text={verdictReason(answer, lineageName(to))} />
          </span>
        </p>
      )}
      <ChangeImages>
        <RebaseForm params={params} />
      </ChangeImages>
      <div className="mt-8 grid gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,5fr)_minmax(0,3fr)]">
        <div className="min-w-0 *:first:mt-0">
          {isMovable ? <RebasePicture plan={plan} answer={answer} params={params} /> : null}
          {answer === undefined ? null : <FindingSection answer={answer} digest={image.digest} params={params} />}
        </div>
        <div className="min-w-0">
          {isMovable ? <PullSection view={view} params={params} /> : null}
          {answer === undefined || !isMovable ? null : <WrittenSection answer={answer} params={params} />}
          <WriteSection view={view} params={params} />
          <AgainstSection view={view} params={params} />
          <VerdictList />
        </div>
      </div>
      {answer === undefined ? null : <FindingTable answer={answer} digest={image.digest} params={params} />}
    </>
  );
}

/** Whether the old base is known to be the base: otherwise nothing says which layers would move. */
function hasBase({ plan: { image, from }, answer }: RebaseView): boolean {
  const base = answer?.parts.find(({ check }) => check === "base");
  if (base !== undefined) return base.findings.every(({ weight }) => weight !== "blocks");
  return from.layers.every(({ chainId }, i) => image.layers[i]?.chainId === chainId);
}

function Way({ view: { plan } }: { view: RebaseView }) {
  const { image, from } = plan;
  const steps = [
    { href: "/lineage", text: "Lineage" },
    { href: artifactPath(from.digest), text: lineageName(from) },
    { href: artifactPath(image.digest), text: lineageName(image) },
  ];
  return (
    <nav aria-label="Where this image stands" className="flex flex-wrap gap-x-1.5 text-[0.8125rem] text-dim">
      {steps.map(({ href, text }, i) => (
        <span key={href} className="min-w-0 truncate">
          {i > 0 ? <span aria-hidden>/ </span> : null}
          <Link href={href} prefetch={false} className="hover:text-accent">
            <Visible text={text} />
          </Link>
        </span>
      ))}
    </nav>
  );
}

const LOOKS: Readonly<Record<RebaseVerdict, string>> = {
  safe: "bg-wash text-accent",
  "needs merge": "bg-warn/12 text-warn",
  rebuild: "bg-stop/12 text-stop",
};

export const VERDICT_TEXT: Readonly<Record<RebaseVerdict, string>> = {
  safe: "text-accent",
  "needs merge": "text-warn",
  rebuild: "text-stop",
};

function VerdictMark({ verdict }: { verdict: RebaseVerdict }) {
  return (
    <strong data-verdict className={`rounded-full px-3 py-0.5 text-[0.8125rem] font-medium ${LOOKS[verdict]}`}>
      {VERDICT_LABELS[verdict]}
    </strong>
  );
}

function VerdictList() {
  return (
    <section aria-labelledby="verdicts" className="mt-10">
      <h2 id="verdicts" className="text-base font-medium tracking-tight">
        The three verdicts
      </h2>
      <ul className="mt-2 space-y-0.5 text-xs text-dim">
        {(["safe", "needs merge", "rebuild"] as const).map((verdict) => (
          <li key={verdict}>
            <strong className={`font-medium ${VERDICT_TEXT[verdict]}`}>{VERDICT_LABELS[verdict]}</strong>:{" "}
            {VERDICT_DEFINITIONS[verdict]}
          </li>
        ))}
      </ul>
    </section>
  );
}
