import type { FindingKind, RebaseCheckName } from "#lib/model/rebase-answer.ts";
import type { TestRebase } from "../rebase-sides.ts";
import type { TarMember } from "../tar.ts";

/** A rebase that breaks in one place, on purpose. The table in docs/rebase.md is made of these. */
export interface PlantedFault {
  /** What breaks, in one line. */
  readonly name: string;
  readonly check: RebaseCheckName;
  readonly kind: FindingKind;
  readonly path: string;
  readonly rebase: TestRebase;
}

/** A rebase that nothing speaks against. */
export interface HarmlessRebase {
  readonly name: string;
  readonly rebase: TestRebase;
}

/** One layer in each base and one above: a path with a body, or with more than that. */
export type PlantedLayer = Readonly<Record<string, string | Uint8Array | Omit<TarMember, "path">>>;

export function toRebase(oldBase: PlantedLayer, newBase: PlantedLayer, upper: PlantedLayer): TestRebase {
  return {
    oldBase: { layers: [toMembers(oldBase)] },
    newBase: { layers: [toMembers(newBase)] },
    image: { layers: [toMembers(upper)] },
  };
}

/** Files may be executed unless they say otherwise. */
export function toMembers(layer: PlantedLayer): TarMember[] {
  return Object.entries(layer).map(([path, given]) => {
    const member = typeof given === "string" || given instanceof Uint8Array ? { body: given } : given;
    return { mode: 0o755, ...member, path };
  });
}

export function symlink(target: string): Omit<TarMember, "path"> {
  return { type: "2", link: target };
}

export function hardLink(target: string): Omit<TarMember, "path"> {
  return { type: "1", link: target };
}
