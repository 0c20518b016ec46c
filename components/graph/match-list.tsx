import Link from "next/link";
import type { ReactNode } from "react";
import { NodeName } from "#components/artifact/node-table.tsx";
import { Bytes } from "#components/ui/bytes.tsx";
import { KindMark } from "#components/ui/kind-mark.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import type { GraphView } from "#lib/views/graph.ts";
import { foundAddress, type GraphState } from "./graph-address.ts";

/** Id of the link to the first match, which Enter in the search field follows. */
export const FIRST_FOUND = "first-found";

/** The search results among all nodes, drawn or not. Selecting one draws it. */
export function MatchList({ matches, state }: { matches: GraphView["matches"]; state: GraphState }) {
  return (
    <Found noun="node" count={matches.count} shown={matches.rows.length}>
      {matches.rows.map((node, i) => (
        <li key={node.nodeIndex}>
          <Link
            id={i === 0 ? FIRST_FOUND : undefined}
            href={foundAddress(state, node.nodeIndex)}
            scroll={false}
            prefetch={false}
            className="flex h-8 items-center gap-2 text-[0.8125rem] hover:text-accent"
          >
            <KindMark kind={node.kind} />
            <span className="flex min-w-0 flex-1">
              <NodeName node={node} />
            </span>
            <Bytes value={node.retainedSize} />
          </Link>
        </li>
      ))}
    </Found>
  );
}

interface FoundProps {
  readonly noun: string;
  readonly count: number;
  readonly shown: number;
  readonly children: ReactNode;
}

/** The counted list of search results, and the number of those not listed. */
export function Found({ noun, count, shown, children }: FoundProps) {
  return (
    <section aria-label="Found" className="border-b border-line p-4 sm:p-5">
      <h2 className="mb-1 text-xs text-dim">{count === 0 ? "No matches." : `${formatCounted(count, noun)} found`}</h2>
      <ul>{children}</ul>
      {count > shown ? (
        <p className="py-1 text-[0.8125rem] text-dim">
          {formatCounted(count - shown, `more ${noun}`)} not listed: type a longer name
        </p>
      ) : null}
    </section>
  );
}
