import { displayPath } from "#lib/model/layer.ts";
import type { Problem, ProblemCode } from "#lib/model/problem.ts";
import type { GcRoots, StoreFault, StoreFaultKind } from "#lib/sources/store/index.ts";

const FAULT_WORDS: Readonly<Record<StoreFaultKind, { code: ProblemCode; says: string }>> = {
  "bad-path": {
    code: "bad-database",
    says: "rows are left out: their path is not in this store, or is repeated",
  },
  "bad-size": { code: "bad-database", says: "paths count as 0 bytes: their NAR size is not a number of bytes" },
  "unknown-size": { code: "size-mismatch", says: "paths count as 0 bytes: the database does not know their NAR size" },
  "bad-hash": { code: "bad-database", says: "paths have no NAR hash" },
  "unknown-reference": {
    code: "missing-target",
    says: "references are left out: one end is not a path of this store",
  },
};

/** The problems of a store, one warning per kind: its rows may be a million. */
export function toProblems(source: string, faults: readonly StoreFault[], gcRoots: GcRoots): Problem[] {
  const problems = faults.map((fault) => faultProblem(source, fault));
  const [unreadable] = gcRoots.unreadable;
  if (unreadable !== undefined) {
    const message = `${gcRoots.unreadable.length} GC roots cannot be read by this user: paths that only they keep are shown as dead`;
    problems.push({ code: "missing-target", severity: "warning", source, path: unreadable, message });
  }
  return problems;
}

function faultProblem(source: string, { kind, rowCount, example }: StoreFault): Problem {
  const { code, says } = FAULT_WORDS[kind];
  // The text comes from the database: it may contain a NUL, which Postgres rejects.
  return { code, severity: "warning", source, path: displayPath(Buffer.from(example)), message: `${rowCount} ${says}` };
}
