import Link from "next/link";
import type { ReactNode } from "react";
import { CopyText } from "#components/ui/copy-text.tsx";
import { MeasureLabel } from "#components/ui/measure.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatCounted, formatExactBytes } from "#lib/display/bytes.ts";
import { whyPath } from "#lib/display/paths.ts";
import { labelText } from "#lib/display/shown-text.ts";
import type { FocusMiddle } from "#lib/model/focus-answer.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import type { GraphState } from "../graph-address.ts";
import { viewAddress } from "../graph-address.ts";
import { csvAddress } from "./focus-address.ts";
import { ClosureBar } from "./focus-bars.tsx";
import { countNodes, formatAmount, shareWords } from "./focus-words.ts";

interface CardProps {
  readonly middle: FocusMiddle;
  readonly total: number;
  readonly unit: MeasureUnit;
}

/** The node in the middle. */
export function FocusCard({ middle, total, unit }: CardProps) {
  const { node, cycleCount, keptCount, reachedCount } = middle;
  const { selfSize, retainedSize, closureSize } = node;
  return (
    <section
      id="focus-card"
      tabIndex={-1}
      data-side="middle"
      aria-label={labelText(`Node ${node.name}`)}
      className="rounded-md border-2 border-accent bg-raised p-4 sm:px-5"
    >
      <h2 id="focus-name" className="text-lg leading-6 font-medium tracking-tight break-words">
        <Visible text={node.name} /> <Visible text={node.version} className="font-normal text-dim" />
      </h2>
      <CopyText text={node.id} what="id" className="block max-w-full truncate font-mono text-2xs text-dim">
        <Visible text={node.id} />
      </CopyText>
      {node.live ? null : <p className="mt-0.5 text-xs text-warn">dead: no root reaches it</p>}
      <p className="mt-3 flex flex-wrap items-baseline gap-x-2">
        <span
          className="text-[1.6875rem] leading-8 font-medium tracking-tight"
          data-tip={unit === "bytes" ? formatExactBytes(retainedSize) : undefined}
        >
          {formatAmount(retainedSize, unit)}
        </span>
        <span className="text-[0.8125rem] text-dim">
          <MeasureLabel name={unit === "bytes" ? "retainedSize" : "retainedCount"}>would go with it</MeasureLabel>,{" "}
          {shareWords(retainedSize, total)}
        </span>
      </p>
      <ClosureBar node={node} />
      <dl className="mt-3 text-[0.8125rem]">
        <Part colour="bg-self" label="itself" value={formatAmount(selfSize, unit)} />
        {keptCount === 0 ? null : (
          <Part
            colour="bg-kept"
            label="it alone keeps"
            note={countNodes(keptCount)}
            value={formatAmount(retainedSize - selfSize, unit)}
          />
        )}
        {reachedCount === keptCount ? null : (
          <Part
            colour="bg-others"
            label="others need too"
            note={countNodes(reachedCount - keptCount)}
            value={formatAmount(closureSize - retainedSize, unit)}
          />
        )}
        <div className="mt-2 flex justify-between border-t border-line pt-2">
          <dt>
            <MeasureLabel name={unit === "bytes" ? "closureSize" : "closureCount"}>Closure</MeasureLabel>
            <span className="text-dim">, all it reaches</span>
          </dt>
          <dd>{formatAmount(closureSize, unit)}</dd>
        </div>
      </dl>
      {cycleCount === 0 ? null : (
        <p className="mt-2 text-[0.8125rem] text-warn">
          <span aria-hidden>⇄ </span>
          It and {formatCounted(cycleCount, "other node")} need each other
        </p>
      )}
    </section>
  );
}

interface PartLineProps {
  readonly colour: string;
  readonly label: string;
  readonly note?: string;
  readonly value: ReactNode;
}

function Part({ colour, label, note, value }: PartLineProps) {
  return (
    <div className="flex h-6.5 items-center gap-2">
      <dt className="flex items-center gap-2">
        <span aria-hidden className={`size-2.5 rounded-[2px] ${colour}`} />
        {label} {note === undefined ? null : <span className="ml-1 text-xs text-dim">{note}</span>}
      </dt>
      <dd className="ml-auto">{value}</dd>
    </div>
  );
}

const ALL_AROUND = { list: undefined, class: undefined, family: undefined, up: "", own: "", shared: "" } as const;

interface LinksProps {
  readonly state: GraphState;
  readonly digest: string;
  readonly nodeIndex: number;
  /** Whether the node has files of its own that are known. */
  readonly files: boolean;
}

/** The same node elsewhere. */
export function FocusCardLinks({ state, digest, nodeIndex, files }: LinksProps) {
  return (
    <nav
      aria-label="This node elsewhere"
      className="flex flex-wrap justify-center gap-x-5 gap-y-1 py-2.5 text-[0.8125rem]"
    >
      <Link href={viewAddress(state, "map")} prefetch={false} data-key="m" className="text-link">
        On the map
      </Link>
      <Link href={viewAddress(state, "overview")} prefetch={false} data-key="o" className="text-link">
        In the overview
      </Link>
      {files ? (
        <Link href={`${whyPath(digest, nodeIndex)}#files`} prefetch={false} className="text-link">
          Files
        </Link>
      ) : null}
      <a href={csvAddress({ ...state, ...ALL_AROUND })} download className="text-link">
        CSV
      </a>
    </nav>
  );
}
