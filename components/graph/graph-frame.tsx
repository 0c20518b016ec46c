import Link from "next/link";
import type { ReactNode } from "react";
import { CloseLink } from "#components/ui/close-link.tsx";
import { RowLink } from "#components/ui/maybe-link.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { formatCounted } from "#lib/display/bytes.ts";
import { labelText } from "#lib/display/shown-text.ts";
import type { GraphPicture } from "#lib/views/graph.ts";
import { foundAddress, type GraphState, graphAddress } from "./graph-address.ts";
import { GraphCanvas } from "./graph-canvas.tsx";
import { type PictureColumn, PictureTable } from "./picture-table.tsx";

/** Id of the link to the first match, which Enter in the search field follows. */
export const FIRST_FOUND = "first-found";

interface GraphFrameProps {
  readonly heading: ReactNode;
  /** The switch between views, if there are several. */
  readonly switcher?: ReactNode;
  readonly picture: GraphPicture;
  readonly state: GraphState;
  /** Index of the selected node. */
  readonly chosen: number | undefined;
  /** A line about the drawing, with links. */
  readonly drawn: string;
  readonly links: ReactNode;
  /** The meaning of lines and fills. */
  readonly legend: ReactNode;
  /** The search results and the selected node. */
  readonly children: ReactNode;
  readonly columns: readonly PictureColumn[];
  /** Beside the table's heading. */
  readonly tools?: ReactNode;
}

/** A graph screen: the drawing at the left, its details at the right; on a narrow screen one above the other. */
export function GraphFrame(props: GraphFrameProps) {
  const { heading, switcher, picture, state, chosen, drawn, links, legend, children, columns, tools } = props;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] lg:h-[calc(100dvh-3.3rem)] lg:grid-cols-[minmax(0,1fr)_26rem] xl:grid-cols-[minmax(0,1fr)_31rem]">
      <div className="flex min-h-0 min-w-0 flex-col">
        <div className="flex flex-wrap items-center gap-x-5 gap-y-2 border-b border-line px-4 py-2.5">
          <h1 className="min-w-0 truncate font-medium tracking-tight">{heading}</h1>
          {switcher}
          <p className="text-[0.8125rem] text-dim">
            {drawn + undrawn(picture)}
            <CloseGroups state={state} picture={picture} />
            {links}
          </p>
          <div className="ml-auto">
            <SearchField parameter="q" label="Find a node" enters={FIRST_FOUND} />
          </div>
        </div>
        <div className="h-[62dvh] min-h-80 lg:h-auto lg:flex-1">
          <GraphCanvas
            key={state.page}
            picture={picture}
            state={state}
            chosen={chosen === undefined ? undefined : `n${chosen}`}
          />
        </div>
        <div className="flex flex-wrap items-center gap-x-5 gap-y-1 border-t border-line px-4 py-2 text-xs text-dim">
          {legend}
          <span>bold border: root</span>
          <span>dashed box: a group, click to open</span>
        </div>
      </div>
      {/* Positioned, so that hidden words of the table do not lengthen the page below the frame. */}
      <div className="relative min-h-0 border-line lg:overflow-y-auto lg:border-l">
        {children}
        <section aria-label="Nodes shown" className="p-4 sm:p-5">
          <div className="mb-1 flex items-baseline justify-between">
            <h2 className="text-base font-medium tracking-tight">Nodes shown</h2>
            {tools}
          </div>
          <PictureTable picture={picture} columns={columns} state={state} />
        </section>
      </div>
    </div>
  );
}

export function countNodes({ elements }: GraphPicture): number {
  return elements.filter(({ type }) => type === "node").length;
}

/** What did not fit. */
function undrawn({ cutEdges, full }: GraphPicture): string {
  const edges = cutEdges > 0 ? `, ${formatCounted(cutEdges, "edge")} not drawn` : "";
  return edges + (full ? " · full: close groups to open others" : "");
}

/** Removes opened groups and extra nodes; absent if the default drawing shows everything. */
function CloseGroups({ state, picture }: { state: GraphState; picture: GraphPicture }) {
  const opened = state.open.length > 0;
  if (!opened && (state.focus === undefined || countNodes(picture) === picture.nodeCount)) return null;
  return (
    <>
      {" · "}
      <Link href={graphAddress(state, { open: [], focus: undefined })} scroll={false} className="text-link">
        {opened ? "close groups" : "reset"}
      </Link>
    </>
  );
}

interface FoundProps<Node> {
  readonly noun: string;
  readonly state: GraphState;
  readonly matches: { readonly count: number; readonly rows: readonly Node[] };
  readonly indexOf: (node: Node) => number;
  readonly children: (node: Node) => ReactNode;
}

/** The search results among all nodes, drawn or not, if there is a search. Selecting one draws it. */
export function Found<Node>({ noun, state, matches: { count, rows }, indexOf, children }: FoundProps<Node>) {
  if (state.q === "") return null;
  return (
    <section aria-label="Found" className="border-b border-line p-4 sm:p-5">
      <h2 className="mb-1 text-xs text-dim">{count === 0 ? "No matches." : `${formatCounted(count, noun)} found`}</h2>
      <ul>
        {rows.map((node, i) => (
          <li key={indexOf(node)}>
            <RowLink
              id={i === 0 ? FIRST_FOUND : undefined}
              href={foundAddress(state, indexOf(node))}
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
