import { describe, expect, it } from "vitest";
import { verdictOf } from "#lib/model/rebase-answer.ts";
import { HARMLESS_PROGRAMS, PLANTED_PROGRAMS } from "#testing/builders/planted/programs.ts";
import { buildRebaseSides } from "#testing/builders/rebase-sides.ts";
import { checkPrograms } from "./check-programs.ts";

describe("programs on another base", () => {
  it.each(PLANTED_PROGRAMS)("are found at fault: $name", async ({ rebase, kind, path }) => {
    const { findings } = checkPrograms(await buildRebaseSides(rebase));
    expect(findings.map((found) => [found.kind, found.path])).toContainEqual([kind, path]);
    expect(verdictOf(findings)).toBe("rebuild");
  });

  it.each(HARMLESS_PROGRAMS)("are not: $name", async ({ rebase }) => {
    const { findings } = checkPrograms(await buildRebaseSides(rebase));
    expect(verdictOf(findings)).toBe("safe");
  });
});
