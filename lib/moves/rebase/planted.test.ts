import { describe, expect, it } from "vitest";
import { ALL_HARMLESS, PLANTED_FAULTS, writeFaultTable } from "#testing/planted/all-faults.ts";
import { openPlanted } from "#testing/planted/planted-fault.ts";
import { judgeRebase } from "./judge.ts";

describe.each(PLANTED_FAULTS.map((fault) => [`${fault.check}: ${fault.name}`, fault] as const))("%s", (_, fault) => {
  it.skipIf(fault.missing !== undefined)("is found, and not called safe", async () => {
    const { verdict, parts } = judgeRebase(await openPlanted(fault.sides));
    const found = parts.find(({ check }) => check === fault.check)?.findings.filter(({ weight }) => weight !== "note");
    expect(found?.map(({ kind, path }) => ({ kind, path }))).toContainEqual(fault.expected);
    expect(verdict).not.toBe("safe");
  });
});

describe.each(ALL_HARMLESS.map((harmless) => [harmless.name, harmless] as const))("%s", (_, { sides, missing }) => {
  it.skipIf(missing !== undefined)("is not to be built again", async () => {
    const { verdict, parts } = judgeRebase(await openPlanted(sides));
    const blocking = parts.flatMap(({ findings }) => findings).filter(({ weight }) => weight === "blocks");
    expect(blocking).toEqual([]);
    expect(verdict).not.toBe("rebuild");
  });
});

it("the table in the docs lists what is tested here", async () => {
  await expect(writeFaultTable()).toMatchFileSnapshot("../../../docs/rebase-faults.md");
});
