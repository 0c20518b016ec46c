import { MAX_FILE_LOADS } from "#lib/ingest/packages/observed-edges.ts";
import type { Finding } from "#lib/model/rebase-answer.ts";
import { isUpper, toImageLayer } from "../image-layer.ts";
import type { MovedTree, RebaseSides } from "../sides.ts";
import { isInformational } from "./informational.ts";
import { listProgramNeeds, type NeedKind, type NeedState, type ProgramNeed } from "./program-needs.ts";
import { startPlace } from "./start-place.ts";

export interface ComparedNeeds {
  readonly findings: readonly Finding[];
  readonly before: readonly Finding[];
  /** How many needs of each kind the image's own files have on the new base. */
  readonly counts: Readonly<Record<NeedKind, number>>;
}

const RANK: Readonly<Record<NeedState, number>> = { met: 0, elsewhere: 1, unmet: 2 };
const EFFECT: Readonly<Record<NeedKind, string>> = {
  "interpreter-missing": "nothing could run it",
  "library-missing": "the linker could not load it",
  "symbol-version-missing": "the linker would refuse it",
};

/**
 * Needs that were met on the old base, and are not on the new one. A need of the base's own files counts too, since an upper layer may
 * hide what they need.
 */
export function compareNeeds(sides: RebaseSides): ComparedNeeds {
  const list = (tree: MovedTree) => listProgramNeeds(tree, startPlace(tree, sides));
  const known = new Map(list(sides.before).map((need) => [needKey(need), need]));
  const needs = list(sides.after);
  const worse = needs.filter((need) => RANK[need.state] > RANK[known.get(needKey(need))?.state ?? "met"]);
  const own = worse.some(({ file }) => !isUpper(sides, file)) ? listUnmetKeys(list(sides.newBase)) : new Set<string>();
  const isOwn = (need: ProgramNeed) => !isUpper(sides, need.file) && own.has(needKey(need));
  const same = needs.filter(({ state, file }) => state === "unmet" && !isInformational(file.path));
  return {
    findings: [
      ...listLimits(sides),
      ...worse.map((need) => toFinding(sides, need, isOwn(need) ? "note" : weigh(need))),
    ],
    before: same
      .filter((need) => known.get(needKey(need))?.state === "unmet")
      .map((need) => toFinding(sides, need, "note")),
    counts: countKinds(needs.filter(({ file }) => isUpper(sides, file))),
  };
}

function weigh({ file }: ProgramNeed): Finding["weight"] {
  return isInformational(file.path) ? "note" : "blocks";
}

/** The new base's own faults: they come with it, whatever is above. */
function listUnmetKeys(needs: readonly ProgramNeed[]): Set<string> {
  return new Set(needs.filter(({ state }) => state !== "met").map(needKey));
}

function needKey({ file, kind, need }: ProgramNeed): string {
  return `${file.path}\0${kind}\0${need}`;
}

function toFinding(sides: RebaseSides, need: ProgramNeed, weight: Finding["weight"]): Finding {
  const { file, kind } = need;
  return {
    kind,
    weight,
    path: file.path,
    layer: toImageLayer(sides, file),
    evidence: `needs ${need.need}: ${need.state === "elsewhere" ? "only where the linker does not look" : need.instead}`,
    message: `${file.path} needs ${need.need}; without it, ${EFFECT[kind]}.`,
  };
}

function countKinds(needs: readonly ProgramNeed[]): Record<NeedKind, number> {
  const counts = { "interpreter-missing": 0, "library-missing": 0, "symbol-version-missing": 0 };
  for (const { kind } of needs) counts[kind] += 1;
  return counts;
}

/** An image that is too large to be checked whole is never called safe. */
function listLimits({ after, before }: RebaseSides): Finding[] {
  const evidence = [after, before].map(limitOf).find((limit) => limit !== undefined);
  if (evidence === undefined) return [];
  const message = "Not all needs of its programs could be looked for, so that the rebase cannot be judged.";
  return [{ kind: "library-missing", weight: "blocks", path: "", layer: undefined, evidence, message }];
}

/** Limits of the whole image: those of a file are about that file alone. */
function limitOf({ found }: MovedTree): string | undefined {
  if (found.loads.length >= MAX_FILE_LOADS) return `more than ${MAX_FILE_LOADS} libraries are loaded`;
  return found.problems.find(({ code, path }) => code === "limit-exceeded" && path === "")?.message;
}
