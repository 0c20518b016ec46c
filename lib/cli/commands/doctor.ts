import type { Command } from "commander";
import { findFindings } from "#lib/db/server/doctor.ts";
import { ExitStatus } from "../exit-status.ts";
import { writeJson, writeTable } from "../terminal.ts";
import type { Workbench } from "../workbench.ts";

export function addDoctorCommand(program: Command, workbench: Workbench): void {
  program
    .command("doctor")
    .description("what is wrong with this set-up, and how to mend it")
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", "\nExample:\n  stratigraph doctor")
    .action((options: { json?: boolean }) => doctor(workbench, options.json === true));
}

async function doctor(workbench: Workbench, asJson: boolean): Promise<void> {
  const findings = await findFindings();
  if (findings.some((finding) => !finding.ok)) workbench.status = ExitStatus.refused;
  if (asJson) return writeJson(workbench.terminal, { findings });
  const cells = findings.map(({ check, ok, detail, remedy }) => [ok ? "ok" : "wrong", check, detail, ok ? "" : remedy]);
  writeTable(workbench.terminal, { cells });
}
