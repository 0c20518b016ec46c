import { expect, it } from "vitest";
import { CONFIGURATION_FAULTS } from "#testing/planted/configuration-faults.ts";
import { HARMLESS_REBASES } from "#testing/planted/harmless.ts";
import { HARMLESS_PACKAGES, PACKAGE_FAULTS } from "#testing/planted/package-faults.ts";
import { openPlanted } from "#testing/planted/planted-fault.ts";
import { TYPE_FAULTS } from "#testing/planted/type-faults.ts";
import { HARMLESS_USERS, USER_FAULTS } from "#testing/planted/user-faults.ts";
import { WRITTEN_FAULTS } from "#testing/planted/written-faults.ts";
import { judgeRebase } from "./judge.ts";

const FAULTS = [...TYPE_FAULTS, ...WRITTEN_FAULTS, ...CONFIGURATION_FAULTS, ...PACKAGE_FAULTS, ...USER_FAULTS];

it.each(FAULTS.map((fault) => [`${fault.check}: ${fault.name}`, fault] as const))("%s", async (_, fault) => {
  const { verdict, parts } = judgeRebase(await openPlanted(fault.sides));
  const found = parts.find(({ check }) => check === fault.check)?.findings.filter(({ weight }) => weight !== "note");
  expect(found?.map(({ kind, path }) => ({ kind, path }))).toContainEqual(fault.expected);
  expect(verdict).not.toBe("safe");
});

it.each(
  [...HARMLESS_REBASES, ...HARMLESS_PACKAGES, ...HARMLESS_USERS].map((harmless) => [harmless.name, harmless] as const),
)("harmless: %s", async (_, { sides }) => {
  const { verdict, parts } = judgeRebase(await openPlanted(sides));
  const blocking = parts.flatMap(({ findings }) => findings).filter(({ weight }) => weight === "blocks");
  expect(blocking).toEqual([]);
  expect(verdict).not.toBe("rebuild");
});
