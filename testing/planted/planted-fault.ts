import type { FindingKind, RebaseCheckName } from "#lib/model/rebase-answer.ts";
import type { RebaseSides } from "#lib/moves/rebase/sides.ts";
import { buildRebaseSides, type TestRebase } from "../builders/rebase-sides.ts";

/** The images of a rebase: built, or read in a way of their own. */
export type PlantedSides = TestRebase | (() => Promise<RebaseSides>);

/** A rebase that is made to break at one place. */
export interface PlantedFault {
  /** The check that has to find it. */
  readonly check: RebaseCheckName;
  /** What is wrong, as the table in the docs says it. */
  readonly name: string;
  readonly sides: PlantedSides;
  readonly expected: { readonly kind: FindingKind; readonly path: string };
  /** Why it cannot be built here, such as a tool that is missing; `undefined` if it can. */
  readonly missing?: string | undefined;
}

/** A rebase that works, whose verdict must not be `rebuild`. */
export interface HarmlessRebase {
  readonly name: string;
  readonly sides: PlantedSides;
  readonly missing?: string | undefined;
}

export function openPlanted(sides: PlantedSides): Promise<RebaseSides> {
  return typeof sides === "function" ? sides() : buildRebaseSides(sides);
}
