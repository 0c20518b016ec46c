import Link from "next/link";
import { type GraphState, viewAddress } from "./graph-address.ts";

const VIEWS = [
  { view: "focus", label: "Focus" },
  { view: "overview", label: "Overview" },
  { view: "map", label: "Map" },
] as const;

/** Switches between the ways to look at a graph. The selected node stays selected. */
export function ViewSwitch({ state }: { state: GraphState }) {
  return (
    <nav aria-label="View" className="flex rounded-md border border-line bg-sunken p-0.5 text-[0.8125rem]">
      {VIEWS.map(({ view, label }) => (
        <Link
          key={view}
          href={viewAddress(state, view)}
          prefetch={false}
          scroll={false}
          aria-current={state.view === view ? "page" : undefined}
          className="grid h-7 place-items-center rounded-[5px] border border-transparent px-3 text-dim hover:text-ink aria-[current]:border-line aria-[current]:bg-raised aria-[current]:font-medium aria-[current]:text-ink"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
