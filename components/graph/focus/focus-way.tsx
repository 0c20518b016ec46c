import Link from "next/link";
import { RowLink } from "#components/ui/maybe-link.tsx";
import { formatCount } from "#lib/display/bytes.ts";
import { whyPath } from "#lib/display/paths.ts";
import { rootReasonWords } from "#lib/display/root-reason.ts";
import type { CutPath, FocusMiddle, PathNode } from "#lib/model/focus-answer.ts";
import { EVIDENCE_LINES } from "../evidence.tsx";
import type { GraphState } from "../graph-address.ts";
import { walkAddress } from "./focus-address.ts";
import { FocusName } from "./focus-name.tsx";

interface WayProps {
  readonly middle: FocusMiddle;
  readonly digest: string;
  readonly state: GraphState;
  readonly kinds: boolean;
}

/** Why the node is there: the shortest path from a root, above the card. */
export function FocusWay({ middle: { way, node }, digest, state, kinds }: WayProps) {
  return (
    <section aria-label="Why it is here" className="text-[0.8125rem]">
      <h2 className="flex h-6.5 items-center justify-between text-dim">
        {way === undefined ? "Why it is here" : "Shortest path from a root"}
        <Link href={whyPath(digest, node)} prefetch={false} className="text-link">
          All paths
        </Link>
      </h2>
      {way === undefined ? (
        <p className="h-6.5 truncate leading-6.5 text-dim">{rootWords(middleRoot(node))}</p>
      ) : (
        <PathLines path={way} state={state} kinds={kinds} toCard />
      )}
    </section>
  );
}

type Root = Pick<FocusMiddle["node"], "root" | "rootReason">;
const middleRoot = ({ root, rootReason }: Root): Root => (rootReason === undefined ? { root } : { root, rootReason });

function rootWords({ root, rootReason }: Root): string {
  const why = rootReasonWords(rootReason);
  if (!root) return "No root reaches it.";
  return why === "" ? "It is a root itself." : `It is a root itself: ${why}.`;
}

interface PathLinesProps {
  readonly path: CutPath;
  readonly state: GraphState;
  readonly kinds: boolean;
  /** The path goes on to the card below. */
  readonly toCard?: boolean;
}

/** A path, one node a line, each below the one that needs it. */
export function PathLines({ path: { first, omitted, last }, state, kinds, toCard = false }: PathLinesProps) {
  const end = last.length > 0 ? last : first;
  const isEnd = (step: PathNode) => !toCard && step === end.at(-1);
  const line = (step: PathNode) => (
    <PathLine key={step.node.nodeIndex} step={step} state={state} kinds={kinds} ends={isEnd(step)} />
  );
  return (
    <ol>
      {first.map(line)}
      {omitted === 0 ? null : (
        <li className="relative h-6.5 pl-5 leading-6.5 text-dim">
          <Stem dash={EVIDENCE_LINES.inferred.dash} />… {formatCount(omitted)} between …
        </li>
      )}
      {last.map(line)}
    </ol>
  );
}

interface PathLineProps {
  readonly step: PathNode;
  readonly state: GraphState;
  readonly kinds: boolean;
  readonly ends: boolean;
}

function PathLine({ step: { node, evidence }, state, kinds, ends }: PathLineProps) {
  return (
    <li className="relative h-6.5 pl-5">
      {ends ? null : <Stem dash={undefined} />}
      <span
        aria-hidden
        className={`absolute top-2 left-0 size-2.5 rounded-full border bg-ground ${node.root ? "border-ink" : "border-line-strong"}`}
      />
      <RowLink
        href={walkAddress(state, node)}
        scroll
        className="group h-full gap-1.5!"
        data-row={`way-${node.nodeIndex}`}
        data-walk=""
        data-tip={evidence === undefined ? undefined : `Needed by the one above: ${evidence}`}
      >
        <FocusName node={node} kinds={kinds} />
      </RowLink>
    </li>
  );
}

function Stem({ dash }: { dash: string | undefined }) {
  return (
    <svg aria-hidden="true" className="absolute top-4 left-1 h-6.5 w-0.5 text-line-strong">
      <line x1="1" y1="2" x2="1" y2="26" stroke="currentColor" strokeDasharray={dash} />
    </svg>
  );
}
