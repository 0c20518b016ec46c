import Link from "next/link";
import { type GraphState, graphAddress, NO_FILTER } from "../graph-address.ts";

/** Closes all groups, and shows everything again. */
export function OverviewReset({ state }: { state: GraphState }) {
  const isFiltered =
    state.kind.length > 0 || [state.layer, state.root, state.evidence, state.min].some((part) => part !== undefined);
  if (state.open.length === 0 && !isFiltered) return null;
  return (
    <>
      {" · "}
      <Link href={graphAddress(state, { open: [], ...NO_FILTER })} scroll={false} className="text-link">
        {isFiltered ? "show everything" : "close groups"}
      </Link>
    </>
  );
}
