import Link from "next/link";
import { NodeName } from "#components/artifact/node-table.tsx";
import { Bytes } from "#components/ui/bytes.tsx";
import { KindMark } from "#components/ui/kind-mark.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import type { GraphView } from "#lib/views/graph.ts";
import { FIRST_FOUND } from "./first-found.ts";
import { foundAddress, type GraphState } from "./graph-address.ts";

/** What a search found among all nodes, drawn or not. Choosing one draws it. */
export function MatchList({ matches, state }: { matches: GraphView["matches"]; state: GraphState }) {
  const cut = matches.count - matches.rows.length;
  return (
    <section aria-label="Found" className="border-b border-line p-4 sm:p-5">
      <h2 className="mb-1 text-xs text-dim">
        {matches.count === 0 ? "No node is called that." : formatCounted(matches.count, "node found", "nodes found")}
      </h2>
      <ul>
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
      </ul>
      {cut > 0 ? (
        <p className="py-1 text-[0.8125rem] text-dim">
          {formatCounted(cut, "more node")} not listed: type more of the name
        </p>
      ) : null}
    </section>
  );
}
