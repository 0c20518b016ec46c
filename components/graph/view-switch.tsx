import Link from "next/link";
import { type GraphState, viewAddress } from "./graph-address.ts";

const LABELS = { focus: "Focus", overview: "Overview", map: "Map" } as const;
type ViewName = keyof typeof LABELS;

export const ARTIFACT_VIEWS: readonly ViewName[] = ["focus", "overview", "map"];
/** Two artifacts at once have no node in the middle. */
export const COMPARED_VIEWS: readonly ViewName[] = ["overview", "map"];

/** Switches between the ways to look at a graph. The selected node stays selected. */
export function ViewSwitch({ state, views }: { state: GraphState; views: readonly ViewName[] }) {
  return (
    <nav aria-label="View" className="flex rounded-md border border-line bg-sunken p-0.5 text-[0.8125rem]">
      {views.map((view) => (
        <Link
          key={view}
          href={viewAddress(state, view)}
          prefetch={false}
          scroll={false}
          aria-current={state.view === view ? "page" : undefined}
          className="grid h-7 place-items-center rounded-[5px] border border-transparent px-3 text-dim hover:text-ink aria-[current]:border-line aria-[current]:bg-raised aria-[current]:font-medium aria-[current]:text-ink"
        >
          {LABELS[view]}
        </Link>
      ))}
    </nav>
  );
}
