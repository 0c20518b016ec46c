import { REBASE_CHECKS } from "#lib/model/rebase-answer.ts";
import { HARMLESS_GENERATED, PLANTED_GENERATED } from "../builders/planted/generated.ts";
import { HARMLESS_PROGRAMS, PLANTED_PROGRAMS } from "../builders/planted/programs.ts";
import { HARMLESS_RIGHTS, PLANTED_RIGHTS } from "../builders/planted/rights.ts";
import { CONFIGURATION_FAULTS } from "./configuration-faults.ts";
import { DPKG_FAULTS, HARMLESS_DPKG } from "./dpkg-faults.ts";
import { HARMLESS_REBASES } from "./harmless.ts";
import { HARMLESS_PACKAGES, PACKAGE_FAULTS } from "./package-faults.ts";
import type { HarmlessRebase, PlantedFault } from "./planted-fault.ts";
import { REAL_FAULTS, REAL_HARMLESS } from "./real-bases.ts";
import { TYPE_FAULTS } from "./type-faults.ts";
import { HARMLESS_USERS, USER_FAULTS } from "./user-faults.ts";
import { WRITTEN_FAULTS } from "./written-faults.ts";

/** Every planted fault, and every rebase that works. */
export const PLANTED_FAULTS: readonly PlantedFault[] = [
  ...TYPE_FAULTS,
  ...WRITTEN_FAULTS,
  ...[...PLANTED_PROGRAMS, ...PLANTED_GENERATED, ...PLANTED_RIGHTS].map(toFault),
  ...PACKAGE_FAULTS,
  ...DPKG_FAULTS,
  ...USER_FAULTS,
  ...CONFIGURATION_FAULTS,
  ...REAL_FAULTS,
];
export const ALL_HARMLESS: readonly HarmlessRebase[] = [
  ...HARMLESS_REBASES,
  ...[...HARMLESS_PROGRAMS, ...HARMLESS_GENERATED, ...HARMLESS_RIGHTS].map(({ name, rebase: sides }) => ({
    name,
    sides,
  })),
  ...HARMLESS_PACKAGES,
  ...HARMLESS_DPKG,
  ...HARMLESS_USERS,
  ...REAL_HARMLESS,
];

function toFault({ name, check, kind, path, rebase }: (typeof PLANTED_PROGRAMS)[number]): PlantedFault {
  return { name, check, sides: rebase, expected: { kind, path } };
}

/** docs/rebase-faults.md. A fault is in it only if its test passes. */
export function writeFaultTable(): string {
  const checks = REBASE_CHECKS.filter((check) => PLANTED_FAULTS.some((fault) => fault.check === check));
  const counts = `${PLANTED_FAULTS.length} faults, ${ALL_HARMLESS.length} rebases that work`;
  return `${[
    "# Planted faults of a rebase",
    "",
    `${counts}. Each fault is an image that is made to break at one place: the check has to find it by kind and path, and the verdict must`,
    "not be `safe`. The verdict on a rebase that works must not be `rebuild`. `vitest run lib/moves/rebase/planted.test.ts` tests all of them",
    "and compares this file with them; `--update` after the path writes it.",
    ...checks.flatMap((check) => [
      "",
      `## ${check}`,
      "",
      ...writeFaults(PLANTED_FAULTS.filter((each) => each.check === check)),
    ]),
    "",
    "## Rebases that work",
    "",
    ...ALL_HARMLESS.map(({ name }) => `- ${name}`),
  ].join("\n")}\n`;
}

function writeFaults(faults: readonly PlantedFault[]): string[] {
  const rows = [
    ["fault", "finding", "path"],
    ...faults.map(({ name, expected }) => [
      name,
      `\`${expected.kind}\``,
      expected.path === "" ? "" : `\`${expected.path}\``,
    ]),
  ];
  const widths = [0, 1, 2].map((i) => Math.max(...rows.map((row) => row[i]!.length)));
  const [head, ...body] = rows.map((row) => `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(" | ")} |`);
  return [head!, `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...body];
}
