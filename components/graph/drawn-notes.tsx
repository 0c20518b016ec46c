import Link from "next/link";
import { formatCounted } from "#lib/display/bytes.ts";
import type { GraphPicture } from "#lib/views/graph.ts";
import { type GraphState, graphAddress } from "./graph-address.ts";

/** What did not fit. */
export function NotDrawn({ picture: { cutEdges, full } }: { picture: GraphPicture }) {
  const edges = cutEdges > 0 ? `, ${formatCounted(cutEdges, "edge")} not drawn` : "";
  return edges + (full ? " · full: close groups to open others" : "");
}

/** Removes opened groups and extra nodes; absent if the default drawing shows everything. */
export function CloseGroups({ state, allDrawn = false }: { state: GraphState; allDrawn?: boolean }) {
  const opened = state.open.length > 0;
  if (!opened && (state.focus === undefined || allDrawn)) return null;
  return (
    <>
      {" · "}
      <Link href={graphAddress(state, { open: [], focus: undefined })} scroll={false} className="text-link">
        {opened ? "close groups" : "reset"}
      </Link>
    </>
  );
}
