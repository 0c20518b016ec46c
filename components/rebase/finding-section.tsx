import Link from "next/link";
import { CsvLink, Section } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCount, formatCounted } from "#lib/display/bytes.ts";
import { CHECK_LABELS } from "#lib/display/rebase-words.ts";
import { groupFindings, heaviest, sortParts, weightCounts } from "#lib/display/verdict-words.ts";
import type { CheckedPart, Finding, FindingWeight, RebaseAnswer } from "#lib/model/rebase-answer.ts";
import { FindingMeaning, FindingPath } from "./finding-place.tsx";
import { checkHref, REBASE_PATH, type RebaseParams, rebaseAddress } from "./rebase-address.ts";
import { WeightMark } from "./weight-mark.tsx";

/** Findings of one check that are listed here one by one; of more, one of each kind stands for the others. */
const MAX_SINGLE = 4;

interface FindingSectionProps {
  readonly answer: RebaseAnswer;
  /** The image as it is. */
  readonly digest: string;
  readonly params: RebaseParams;
}

/** The reasons for the verdict, check by check: what needs a decision, what to know, what was broken before, and what passed. */
export function FindingSection({ answer, digest, params }: FindingSectionProps) {
  const parts = sortParts(answer.parts);
  const found = parts.filter(({ findings }) => findings.length > 0);
  const passed = parts.filter(({ findings }) => findings.length === 0);
  const before = answer.parts.flatMap((part) => part.before);
  return (
    <Section
      id="findings"
      title="Findings"
      note={weightCounts(answer.parts)}
      tools={<CsvLink href={rebaseAddress.format(`${REBASE_PATH}/findings.csv`, toQuestion(params))} />}
    >
      <ul className="rounded-lg border border-line text-[0.8125rem]">
        {found.map(({ check, scope, findings, unlisted = 0 }) => (
          <Row key={check} weight={heaviest(findings)} title={CHECK_LABELS[check]}>
            <Reasons
              findings={findings}
              count={findings.length + unlisted}
              digest={digest}
              href={checkHref(params, { check })}
            />
            <p className="mt-1.5 text-xs text-dim">
              <Visible text={`Checked: ${scope}.`} />
            </p>
          </Row>
        ))}
        {before.length === 0 ? null : (
          <Row weight="note" title="Already broken before">
            <p className="mb-1.5 text-dim">Broken on the old base, too. The rebase does not change this.</p>
            <Reasons
              findings={before}
              count={before.length}
              digest={digest}
              href={checkHref(params, { list: "before" })}
            />
          </Row>
        )}
        {passed.length === 0 ? null : <Passed parts={passed} />}
      </ul>
    </Section>
  );
}

/** The images alone, without what the table is filtered by. */
function toQuestion({ image, from, to, against }: RebaseParams): Partial<RebaseParams> {
  return { image, from, to, against };
}

interface RowProps {
  readonly weight: FindingWeight | undefined;
  readonly title: string;
  readonly className?: string;
  readonly children: React.ReactNode;
}

function Row({ weight, title, className = "", children }: RowProps) {
  return (
    <li
      className={`grid grid-cols-[1rem_minmax(0,1fr)] gap-x-3 gap-y-1 border-b border-line px-4 py-3 last:border-b-0 sm:grid-cols-[1rem_10rem_minmax(0,1fr)] ${className}`}
    >
      <WeightMark weight={weight} />
      <h3 className="font-medium">{title}</h3>
      <div className="col-start-2 min-w-0 break-words sm:col-start-3">{children}</div>
    </li>
  );
}

/** Open in full on a wide page; on a phone one line that opens. */
function Passed({ parts }: { parts: readonly CheckedPart[] }) {
  return (
    <>
      {parts.map(({ check, scope }) => (
        <Row key={check} weight={undefined} title={CHECK_LABELS[check]} className="max-sm:hidden">
          <Visible text={scope} />
        </Row>
      ))}
      <li className="px-4 py-3 sm:hidden">
        <details>
          <summary className="cursor-pointer">{formatCounted(parts.length, "check")} found nothing</summary>
          <ul className="mt-2 space-y-1.5">
            {parts.map(({ check, scope }) => (
              <li key={check}>
                <span className="font-medium">{CHECK_LABELS[check]}</span>{" "}
                <span className="text-dim">
                  <Visible text={scope} />
                </span>
              </li>
            ))}
          </ul>
        </details>
      </li>
    </>
  );
}

interface ReasonsProps {
  readonly findings: readonly Finding[];
  /** Of all, listed by the answer or not. */
  readonly count: number;
  readonly digest: string;
  /** Where all are listed. */
  readonly href: string;
}

/** A few findings one by one, or one of each kind with the number of those like it. */
function Reasons({ findings, count, digest, href }: ReasonsProps) {
  const isFew = count <= MAX_SINGLE;
  const groups = isFew ? findings.map((finding) => [finding]) : groupFindings(findings);
  return (
    <>
      <ul className="space-y-2">
        {groups.map((group, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two findings may say the same of one path.
          <li key={i}>
            <Place finding={group[0]!} digest={digest} />
            <FindingMeaning finding={group[0]!} />
            {group.length === 1 ? null : (
              <p className="text-xs text-dim">{formatCount(group.length - 1)} more of this kind</p>
            )}
          </li>
        ))}
      </ul>
      {isFew ? null : (
        <p className="mt-1.5">
          <Link href={href} prefetch={false} className="text-link">
            Show all {formatCount(count)}
          </Link>
        </p>
      )}
    </>
  );
}

function Place({ finding: { path, layer }, digest }: { finding: Finding; digest: string }) {
  if (path === "" && layer === undefined) return null;
  return (
    <span className="block">
      <FindingPath path={path} digest={digest} />
      {layer === undefined ? null : <span className="text-xs text-dim"> layer {layer}</span>}
    </span>
  );
}
