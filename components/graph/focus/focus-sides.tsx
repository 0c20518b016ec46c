import { formatCount, formatCounted } from "#lib/display/bytes.ts";
import type { FocusMiddle, FocusPartName } from "#lib/model/focus-answer.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import type { GraphState } from "../graph-address.ts";
import { FocusPartBlock, FocusSideColumn } from "./focus-side.tsx";
import { countNodes } from "./focus-words.ts";

interface SidesProps {
  readonly middle: FocusMiddle;
  readonly state: GraphState;
  readonly unit: MeasureUnit;
  readonly kinds: boolean;
  readonly top: number;
}

/** What needs the node. */
export function FocusUp({ middle, rootCount, top, ...shared }: SidesProps & { readonly rootCount: number }) {
  const { up, neededBy, reachingCount, rootCount: from } = middle;
  const roots = `from ${formatCount(from)} of ${formatCounted(rootCount, "root")}`;
  const nothing = neededBy === 0;
  return (
    <FocusSideColumn
      side="up"
      title={nothing ? "Nothing needs it" : `Needed by ${formatCount(neededBy)}`}
      note={nothing ? "" : `${formatCount(reachingCount)} in all, ${roots}`}
      top={top}
    >
      {up === undefined || up.count === 0 ? null : (
        <FocusPartBlock
          part={up}
          name="up"
          heading={withinWords(shared.state, up.count) ?? "name"}
          listing={listingOf(middle, "up")}
          {...shared}
        />
      )}
    </FocusSideColumn>
  );
}

/** What the node needs. */
export function FocusDown({ middle, top, ...shared }: SidesProps) {
  const { own, shared: others, needs, reachedCount, keptCount } = middle;
  const only = shared.state.side === "own";
  const title = only ? `It alone keeps ${countNodes(keptCount)}` : needsTitle(needs);
  return (
    <FocusSideColumn
      side="down"
      title={title}
      note={only || needs === 0 ? "" : `${formatCount(reachedCount)} in all`}
      top={top}
    >
      {own === undefined || own.count === 0 ? null : (
        <FocusPartBlock
          part={own}
          name="own"
          heading={only ? "name" : <OwnHeading count={own.count} />}
          listing={listingOf(middle, "own")}
          {...shared}
        />
      )}
      {others === undefined || others.count === 0 ? null : (
        <FocusPartBlock
          part={others}
          name="shared"
          heading={
            <>
              <span className="font-medium text-ink">Others need these too</span>{" "}
              {withinWords(shared.state, others.count) ?? "stay when it goes"}
            </>
          }
          listing={listingOf(middle, "shared")}
          {...shared}
        />
      )}
    </FocusSideColumn>
  );
}

function OwnHeading({ count }: { count: number }) {
  return (
    <>
      <span className="font-medium text-ink">It alone keeps</span> {countNodes(count)}
    </>
  );
}

function needsTitle(needs: number): string {
  return needs === 0 ? "It needs nothing" : `Needs ${formatCount(needs)}`;
}

/** How many nodes several steps lead to. */
function withinWords({ steps }: GraphState, count: number): string | undefined {
  if (steps === "1") return undefined;
  return steps === "all" ? `${countNodes(count)} at any distance` : `${countNodes(count)} within ${steps} steps`;
}

function listingOf({ listing }: FocusMiddle, part: FocusPartName) {
  return listing?.part === part ? listing : undefined;
}
