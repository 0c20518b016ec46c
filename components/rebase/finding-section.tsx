import { Check, Info, TriangleAlert, X } from "lucide-react";
import Link from "next/link";
import { MaybeLink } from "#components/ui/maybe-link.tsx";
import { CsvLink, Section } from "#components/ui/section.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { listedFilePath } from "#lib/display/paths.ts";
import { CHECK_LABELS } from "#lib/display/rebase-words.ts";
import { heaviest, sortParts, weightCounts } from "#lib/display/verdict-words.ts";
import type { CheckedPart, Finding, FindingWeight, RebaseAnswer } from "#lib/model/rebase-answer.ts";
import { REBASE_PATH, type RebaseParams, rebaseAddress } from "./rebase-address.ts";

/** Findings of one check that are listed at first, and at most. */
const FIRST_FINDINGS = 4;
const MAX_FINDINGS = 200;

interface FindingSectionProps {
  readonly answer: RebaseAnswer;
  /** The image as it is. */
  readonly digest: string;
  readonly params: RebaseParams;
}

/** Every check: what needs a decision, what to know, what was broken before, and what passed. */
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
      tools={<CsvLink href={rebaseAddress.format(`${REBASE_PATH}/findings.csv`, params)} />}
    >
      <ul className="rounded-lg border border-line text-[0.8125rem]">
        {found.map((part) => (
          <Row key={part.check} weight={heaviest(part.findings)} title={CHECK_LABELS[part.check]}>
            <Findings part={part} digest={digest} params={params} />
          </Row>
        ))}
        {before.length === 0 ? null : (
          <Row weight="note" title="Already broken before">
            <p className="mb-1.5 text-dim">On the old base, too. The rebase does not change this.</p>
            <FindingList findings={before.slice(0, FIRST_FINDINGS)} digest={digest} />
            {before.length > FIRST_FINDINGS ? (
              <p className="mt-1.5 text-dim">
                {before.length - FIRST_FINDINGS} more:{" "}
                <CsvLink href={rebaseAddress.format(`${REBASE_PATH}/before.csv`, params)} />
              </p>
            ) : null}
          </Row>
        )}
        {passed.length === 0 ? null : <Passed parts={passed} />}
      </ul>
    </Section>
  );
}

const MARKS = {
  blocks: { Icon: X, look: "text-stop", words: "blocks" },
  merges: { Icon: TriangleAlert, look: "text-warn", words: "is merged" },
  note: { Icon: Info, look: "text-dim", words: "to know" },
  passed: { Icon: Check, look: "text-accent", words: "passed" },
} as const;

interface RowProps {
  readonly weight: FindingWeight | undefined;
  readonly title: string;
  readonly className?: string;
  readonly children: React.ReactNode;
}

function Row({ weight, title, className = "", children }: RowProps) {
  const { Icon, look, words } = MARKS[weight ?? "passed"];
  return (
    <li
      className={`grid grid-cols-[1rem_minmax(0,1fr)] gap-x-3 gap-y-1 border-b border-line px-4 py-3 last:border-b-0 sm:grid-cols-[1rem_10rem_minmax(0,1fr)] ${className}`}
    >
      <span className="grid h-5 place-items-center">
        <Icon aria-hidden size={14} className={look} />
        <span className="sr-only">{words}</span>
      </span>
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

function Findings({ part, digest, params }: { part: CheckedPart; digest: string; params: RebaseParams }) {
  const { check, scope, findings } = part;
  const isAll = params.all.includes(check);
  const ordered = ["blocks", "merges", "note"].flatMap((wanted) => findings.filter(({ weight }) => weight === wanted));
  const listed = ordered.slice(0, isAll ? MAX_FINDINGS : FIRST_FINDINGS);
  const count = findings.length + (part.unlisted ?? 0);
  const hidden = count - listed.length;
  return (
    <>
      <FindingList findings={listed} digest={digest} />
      {hidden === 0 ? null : (
        <p className="mt-1.5">
          {isAll ? (
            <>{hidden} more: see the CSV</>
          ) : (
            <Link
              href={`${rebaseAddress.format(REBASE_PATH, { ...params, all: [...params.all, check] })}#findings`}
              scroll={false}
              className="text-link"
            >
              Show all {count}
            </Link>
          )}
        </p>
      )}
      <p className="mt-1.5 text-xs text-dim">
        <Visible text={`Checked: ${scope}.`} />
      </p>
    </>
  );
}

/** What several findings say of one path is below it once. */
function FindingList({ findings, digest }: { findings: readonly Finding[]; digest: string }) {
  const places = [...Map.groupBy(findings, ({ path, layer }) => `${layer} ${path}`)];
  return (
    <ul className="space-y-2">
      {places.map(([key, group]) => (
        <li key={key}>
          <Place finding={group[0]!} digest={digest} />
          {group.map((finding, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two findings may say the same of one path.
            <p key={i} className={i > 0 ? "mt-1" : ""}>
              <Visible text={finding.message} />
              <span className="block text-xs break-words text-dim">
                <Visible text={finding.evidence} />
              </span>
            </p>
          ))}
        </li>
      ))}
    </ul>
  );
}

function Place({ finding: { path, layer }, digest }: { finding: Finding; digest: string }) {
  if (path === "" && layer === undefined) return null;
  return (
    <span className="block font-mono text-xs break-all">
      {path === "" ? null : (
        <MaybeLink href={listedFilePath(digest, path)} className="quiet-link">
          <Visible text={`/${path}`} />
        </MaybeLink>
      )}
      {layer === undefined ? null : <span className="font-sans text-dim"> layer {layer}</span>}
    </span>
  );
}
