import type { ReactNode } from "react";
import { CloseLink } from "#components/ui/close-link.tsx";
import { RowLink } from "#components/ui/maybe-link.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { foundAddress, type GraphState, graphAddress } from "./graph-address.ts";

/** Id of the link to the first match, which Enter in the search field follows. */
export const FIRST_FOUND = "first-found";

interface FoundProps<Node> {
  readonly noun: string;
  readonly state: GraphState;
  readonly matches: { readonly count: number; readonly rows: readonly Node[] };
  /** The node in an address. */
  readonly textOf: (node: Node) => string;
  readonly children: (node: Node) => ReactNode;
}

/** The search results among all nodes, drawn or not, if there is a search. Selecting one draws it. */
export function Found<Node>({ noun, state, matches: { count, rows }, textOf, children }: FoundProps<Node>) {
  if (state.q === "") return null;
  return (
    <section aria-label="Found" className="border-b border-line p-4 sm:p-5">
      <h2 className="mb-1 text-xs text-dim">{count === 0 ? "No matches." : `${formatCounted(count, noun)} found`}</h2>
      <ul>
        {rows.map((node, i) => (
          <li key={textOf(node)}>
            <RowLink
              id={i === 0 ? FIRST_FOUND : undefined}
              href={foundAddress(state, textOf(node))}
              className="min-h-8 text-[0.8125rem]"
            >
              {children(node)}
            </RowLink>
          </li>
        ))}
      </ul>
      {count > rows.length ? (
        <p className="py-1 text-[0.8125rem] text-dim">
          {formatCounted(count - rows.length, `more ${noun}`)} not listed: type a longer name
        </p>
      ) : null}
    </section>
  );
}

interface PanelProps {
  readonly label: string;
  readonly title: ReactNode;
  /** Kind and marks. */
  readonly facts: ReactNode;
  readonly state: GraphState;
  readonly children: ReactNode;
}

/** The selected node, with a link that closes it. */
export function Panel({ label, title, facts, state, children }: PanelProps) {
  return (
    <section aria-label={labelText(label)} className="border-b border-line p-4 sm:p-5">
      <div className="flex items-start justify-between gap-3">
        <h2 className="min-w-0 text-base font-medium tracking-tight break-words">{title}</h2>
        <CloseLink href={graphAddress(state, { node: undefined })} />
      </div>
      <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-dim">{facts}</div>
      {children}
    </section>
  );
}
