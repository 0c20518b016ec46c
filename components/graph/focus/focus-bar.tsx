import Link from "next/link";
import { RowLink } from "#components/ui/maybe-link.tsx";
import { Visible } from "#components/ui/visible.tsx";
import type { FocusNode, FocusSide } from "#lib/model/focus-answer.ts";
import type { GraphState } from "../graph-address.ts";
import { scopeAddress, trailAddress } from "./focus-address.ts";

interface TrailProps {
  readonly state: GraphState;
  readonly trail: readonly FocusNode[];
  readonly node: FocusNode | undefined;
}

/** The walked way: not the dependency path. */
export function FocusTrail({ state, trail, node }: TrailProps) {
  if (trail.length === 0 || node === undefined) return null;
  // A node may be walked twice: its place is its identity.
  const placed = trail.map((walked, place) => ({ walked, place, key: `${place} ${walked.nodeIndex}` }));
  return (
    <nav aria-label="Walked" className="min-w-0 border-l border-line-strong pl-3 text-[0.8125rem] text-dim">
      <ol className="flex min-w-0 items-center">
        {placed.map(({ walked, place, key }) => (
          <li key={key} className="flex min-w-0 items-center">
            <Link
              href={trailAddress(state, place)}
              prefetch={false}
              data-key={place === trail.length - 1 ? "backspace" : undefined}
              className="max-w-36 truncate hover:text-accent"
            >
              <Visible text={walked.name} />
            </Link>
            <span aria-hidden className="px-1.5">
              ›
            </span>
          </li>
        ))}
        <li aria-current="page" className="max-w-44 min-w-0 truncate font-medium text-ink">
          <Visible text={node.name} />
        </li>
      </ol>
    </nav>
  );
}

const STEPS = ["1", "2", "3", "all"] as const;

const SIDES: readonly { readonly side: FocusSide; readonly label: string; readonly tip: string }[] = [
  { side: "both", label: "Both sides", tip: "What needs it and what it needs" },
  { side: "up", label: "Needed by", tip: "Only what needs it" },
  { side: "down", label: "Needs", tip: "Only what it needs" },
  { side: "own", label: "Only what it keeps", tip: "Only what nothing else needs: it would go with this node" },
];

const SEGMENT =
  "grid h-6.5 place-items-center rounded-[5px] border border-transparent px-2 text-dim hover:text-ink aria-[current]:border-line aria-[current]:bg-raised aria-[current]:font-medium aria-[current]:text-ink";
const SEGMENTS = "flex rounded-md border border-line bg-sunken p-0.5";

/** How far the view looks, and where to. */
export function FocusScope({ state }: { state: GraphState }) {
  return (
    <div className="contents flex-wrap items-center gap-x-3 gap-y-2 text-[0.8125rem] sm:flex">
      <nav aria-label="Sides" className={`${SEGMENTS} text-[0.8125rem]`}>
        {SIDES.map(({ side, label, tip }) => (
          <RowLink
            key={side}
            href={scopeAddress(state, { side })}
            data-tip={tip}
            aria-current={state.side === side ? "true" : undefined}
            className={SEGMENT}
          >
            {label}
          </RowLink>
        ))}
      </nav>
      {state.side === "own" ? null : (
        <nav aria-label="Steps" className="flex items-center gap-2 text-[0.8125rem]">
          <span className="text-dim">steps</span>
          <span className={SEGMENTS}>
            {STEPS.map((steps) => (
              <RowLink
                key={steps}
                href={scopeAddress(state, { steps })}
                aria-label={steps === "all" ? "all steps" : `${steps} ${steps === "1" ? "step" : "steps"}`}
                aria-current={state.steps === steps ? "true" : undefined}
                className={SEGMENT}
              >
                {steps}
              </RowLink>
            ))}
          </span>
        </nav>
      )}
    </div>
  );
}
