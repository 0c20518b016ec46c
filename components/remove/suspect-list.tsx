import Link from "next/link";
import { Amount } from "#components/ui/amount.tsx";
import { Command } from "#components/ui/command.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCount, formatCounted, formatShare } from "#lib/display/bytes.ts";
import { graphPath } from "#lib/display/paths.ts";
import { suspectName } from "#lib/display/suspect-words.ts";
import { shellWord } from "#lib/model/shell-word.ts";
import type { NamedId, Suspect, SuspectsAnswer } from "#lib/model/suspect.ts";
import { TakeBox } from "./take-box.tsx";

interface SuspectListProps {
  readonly answer: SuspectsAnswer;
  readonly gone: readonly string[];
  readonly digest: string;
  /** nix or guix, for a store. */
  readonly store: string | undefined;
  /** Whether the store's roots are known; if not, each path that nothing refers to counts as one. */
  readonly rootsKnown: boolean;
}

/** Nodes and families that keep a tenth or more, each with its path and the roots that have to go first. */
export function SuspectList({ answer, gone, ...place }: SuspectListProps) {
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-raised">
      {answer.suspects.map((suspect) => (
        <SuspectRow
          key={suspect.key}
          suspect={suspect}
          answer={answer}
          {...place}
          selected={gone.includes(suspect.key)}
          any={gone.length > 0}
        />
      ))}
    </ul>
  );
}

interface SuspectRowProps extends Omit<SuspectListProps, "gone"> {
  readonly suspect: Suspect;
  readonly selected: boolean;
  readonly any: boolean;
}

function SuspectRow({ suspect, answer, selected, any, ...place }: SuspectRowProps) {
  const { share, retainedSize, base, accumulation, nodes, adds } = suspect;
  const name = suspectName(suspect);
  const { unit } = answer;
  const { digest } = place;
  const isElsewhere = accumulation !== null && accumulation.id !== nodes[0];
  return (
    <li className={`flex gap-3 px-4 py-3.5 ${selected ? "bg-wash" : ""}`}>
      <TakeBox name="gone" value={suspect.key} checked={selected} label={`${name}, ${formatShare(share, 1)}`} />
      <div className="min-w-0 flex-1 text-[0.8125rem]">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
          <h3 className="min-w-0 font-medium break-words">
            <Visible text={name} />
          </h3>
          <span className="flex gap-4">
            <strong className="font-medium">
              <Amount value={retainedSize} unit={unit} />
            </strong>
            <span className="w-12 text-right text-dim">{formatShare(share, 1)}</span>
          </span>
        </div>
        <div aria-hidden className="my-1.5 h-1.5">
          <div
            className={`h-full rounded-full ${selected ? "bg-accent" : "bg-(--line-strong)"}`}
            style={{ width: `${100 * share}%` }}
          />
        </div>
        {suspect.family === "kind" ? null : <PathLine path={suspect.path} digest={digest} />}
        {isElsewhere ? (
          <p className="text-dim">
            Most of it gathers at <NodeLink node={accumulation} digest={digest} />
          </p>
        ) : null}
        {any && !selected && adds === 0 ? <p className="text-dim">Adds nothing to the selection</p> : null}
        {base ? (
          <p className="text-dim">
            Needed by {formatCount(suspect.rootCount)} of {formatCounted(answer.rootCount, "root")}. Not a candidate:
            shown because of its share.
          </p>
        ) : (
          <Roots suspect={suspect} {...place} />
        )}
      </div>
    </li>
  );
}

/** Steps of a path at each end; the others are a number. */
const SHOWN_STEPS = 3;

function PathLine({ path, digest }: { path: readonly NamedId[]; digest: string }) {
  if (path.length < 2) return null;
  const isLong = path.length > 2 * SHOWN_STEPS;
  const shown = isLong ? [...path.slice(0, SHOWN_STEPS), ...path.slice(-SHOWN_STEPS)] : path;
  return (
    <p className="break-words">
      {shown.map((node, i) => (
        <span key={node.nodeIndex}>
          {i === 0 ? "" : " → "}
          {isLong && i === SHOWN_STEPS ? `${formatCount(path.length - shown.length)} more → ` : ""}
          <NodeLink node={node} digest={digest} />
        </span>
      ))}
    </p>
  );
}

function NodeLink({ node, digest }: { node: NamedId; digest: string }) {
  return (
    <Link href={graphPath(digest, node)} prefetch={false} className="text-link">
      <Visible text={node.name} />
    </Link>
  );
}

/** Roots named in a row. */
const SHOWN_ROOTS = 6;

type RootsProps = Pick<SuspectRowProps, "suspect" | "digest" | "store" | "rootsKnown">;

function Roots({ suspect: { roots, rootCount, nodes }, digest, store, rootsKnown }: RootsProps) {
  if (store === undefined) return null;
  const shown = roots.slice(0, SHOWN_ROOTS);
  const more = rootCount - shown.length;
  return (
    <details className="mt-1">
      <summary className="text-link w-fit py-0.5">{rootsWords(rootCount, rootsKnown)}</summary>
      <p className="mt-1 mb-1.5 break-words">
        {shown.map((node, i) => (
          <span key={node.nodeIndex}>
            {i === 0 ? "" : ", "}
            <NodeLink node={node} digest={digest} />
          </span>
        ))}
        {more > 0 ? ` and ${formatCount(more)} more` : ""}
      </p>
      <p className="mb-1.5">
        List the links that keep {nodes.length === 1 ? "it" : "the first"}, then delete them and collect the garbage:
      </p>
      <Command text={store === "nix" ? `nix-store --query --roots ${shellWord(nodes[0]!)}` : "guix gc --list-roots"} />
    </details>
  );
}

function rootsWords(count: number, known: boolean): string {
  if (known) return `${formatCounted(count, "root")} ${count === 1 ? "has" : "have"} to go first`;
  return `${formatCounted(count, "path")} to which nothing refers ${count === 1 ? "keeps" : "keep"} it`;
}
