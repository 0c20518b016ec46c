import type { Command } from "commander";
import { checkInstallation } from "#lib/db/server/doctor.ts";
import { ExitStatus } from "../exit-status.ts";
import type { JsonOption } from "../query-command.ts";
import { writeJson } from "../terminal.ts";
import type { Workbench } from "../workbench.ts";
import { writeFacts } from "../write-table.ts";

export function addDoctorCommand(program: Command, workbench: Workbench): void {
  program
    .command("doctor")
    .description("check this installation and suggest fixes")
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", "\nExample:\n  stratigraph doctor")
    .action((options: JsonOption) => doctor(workbench, options));
}

async function doctor(workbench: Workbench, { json }: JsonOption): Promise<void> {
  const findings = await checkInstallation();
  if (findings.some(({ ok }) => !ok)) workbench.status = ExitStatus.refused;
  if (json) return writeJson(workbench.terminal, { findings });
  const facts = findings.map(({ check, ok, detail, remedy }) => {
    return [`${ok ? "ok   " : "wrong"}  ${check}`, ok ? detail : `${detail}; ${remedy}`] as const;
  });
  writeFacts(workbench.terminal, facts);
}
