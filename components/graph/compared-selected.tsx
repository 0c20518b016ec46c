import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import type { CompareMapView } from "#lib/views/compare-graph.ts";
import { ComparedPanel, ComparedRow } from "./compared-panel.tsx";
import { comparedText, type GraphState } from "./graph-address.ts";
import { Found } from "./graph-frame.tsx";

type Selection = Pick<CompareMapView, "left" | "right" | "selected" | "matches">;

/** Whether nothing is selected or searched for: there is no panel then. */
export function isIdle({ selected }: Pick<Selection, "selected">, { q }: GraphState): boolean {
  return selected === undefined && q === "";
}

/** What was found in two graphs, and the selected component. */
export function ComparedSelected({ view, unit, state }: { view: Selection; unit: MeasureUnit; state: GraphState }) {
  const { left, right, selected, matches } = view;
  const digests = { left: left.digest, right: right.digest };
  return (
    <>
      <Found noun="component" state={state} matches={matches} textOf={comparedText}>
        {(node) => <ComparedRow node={node} unit={unit} />}
      </Found>
      {selected === undefined ? null : <ComparedPanel detail={selected} digests={digests} unit={unit} state={state} />}
    </>
  );
}
