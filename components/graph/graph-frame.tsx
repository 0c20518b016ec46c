import type { ReactNode } from "react";
import { SearchField } from "#components/ui/search-field.tsx";
import type { GraphPicture } from "#lib/views/graph.ts";
import type { GraphState } from "./graph-address.ts";
import { GraphCanvas } from "./graph-canvas.tsx";
import { FIRST_FOUND } from "./match-list.tsx";

interface GraphFrameProps {
  readonly heading: ReactNode;
  /** What is drawn, in a line. */
  readonly drawn: ReactNode;
  readonly picture: GraphPicture;
  readonly state: GraphState;
  /** Index of the selected node. */
  readonly chosen: number | undefined;
  readonly legend: ReactNode;
  /** The search results, the selected node, and the drawing as a table. */
  readonly children: ReactNode;
}

/** A graph screen: the drawing at the left, its details at the right; on a narrow screen one above the other. */
export function GraphFrame({ heading, drawn, picture, state, chosen, legend, children }: GraphFrameProps) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] lg:h-[calc(100dvh-3.3rem)] lg:grid-cols-[minmax(0,1fr)_26rem] xl:grid-cols-[minmax(0,1fr)_31rem]">
      <div className="flex min-h-0 min-w-0 flex-col">
        <div className="flex flex-wrap items-center gap-x-5 gap-y-2 border-b border-line px-4 py-2.5">
          <h1 className="min-w-0 truncate font-medium tracking-tight">{heading}</h1>
          <p className="text-[0.8125rem] text-dim">{drawn}</p>
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
        </div>
      </div>
      <div className="min-h-0 border-line lg:overflow-y-auto lg:border-l">{children}</div>
    </div>
  );
}
