import { NodeName } from "#components/artifact/node-table.tsx";
import { Amount } from "#components/ui/amount.tsx";
import { KindMark } from "#components/ui/marks.tsx";
import { nodeText } from "#lib/display/paths.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import type { NodeRow } from "#lib/views/graph.ts";
import type { GraphState } from "./graph-address.ts";
import { Found } from "./graph-frame.tsx";

interface FoundNodesProps {
  readonly state: GraphState;
  readonly matches: { readonly count: number; readonly rows: readonly NodeRow[] };
  readonly unit: MeasureUnit;
}

/** The nodes with a name like the searched one, each with what it retains. */
export function FoundNodes({ state, matches, unit }: FoundNodesProps) {
  return (
    <Found noun="node" state={state} matches={matches} textOf={nodeText}>
      {(node) => (
        <>
          <KindMark kind={node.kind} />
          <span className="flex min-w-0 flex-1">
            <NodeName node={node} />
          </span>
          <Amount value={node.retainedSize} unit={unit} />
        </>
      )}
    </Found>
  );
}
