import { Command } from "commander";
import { addChunksCommand } from "./commands/chunks.ts";
import { addClosureCommand } from "./commands/closure.ts";
import { addDiffCommand } from "./commands/diff.ts";
import { addDoctorCommand } from "./commands/doctor.ts";
import { addListCommand } from "./commands/list.ts";
import { addMigrateCommand } from "./commands/migrate.ts";
import { addOverlapCommand } from "./commands/overlap.ts";
import { addReferrersCommand } from "./commands/referrers.ts";
import { addReportCommand } from "./commands/report.ts";
import { addRmCommand } from "./commands/rm.ts";
import { addSavingsCommand } from "./commands/savings.ts";
import { addScanCommand } from "./commands/scan.ts";
import { addServeCommand } from "./commands/serve.ts";
import { addShowCommand } from "./commands/show.ts";
import { addUpCommand } from "./commands/up.ts";
import { addWhyCommand } from "./commands/why.ts";
import { ExitStatus, formatFailure, toExitStatus } from "./exit-status.ts";
import { openTerminal, say } from "./terminal.ts";
import type { Workbench } from "./workbench.ts";

/** Runs one command line and returns its exit status. Nothing is thrown. */
export async function main(argv: readonly string[]): Promise<ExitStatus> {
  const interrupt = new AbortController();
  const stop = () => interrupt.abort();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  const workbench: Workbench = { terminal: openTerminal(), signal: interrupt.signal, status: 0 };
  process.stdout.on("error", stopOnClosedPipe);
  try {
    await buildProgram(workbench).parseAsync([...argv], { from: "user" });
    return workbench.status;
  } catch (error) {
    const status = toExitStatus(error);
    if (!(error instanceof Error && error.name === "CommanderError"))
      say(workbench.terminal, `stratigraph: ${formatFailure(error)}`);
    return status;
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}

/** `stratigraph … | head` closes our output early: that is no failure. A disk that is full is one, and not ours. */
function stopOnClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit(ExitStatus.done);
  process.stderr.write(`stratigraph: standard output cannot be written: ${error.message}\n`);
  process.exit(ExitStatus.unreachable);
}

function buildProgram(workbench: Workbench): Command {
  const program = new Command("stratigraph")
    .description("What container images and Guix and Nix stores are made of, why, and what it costs.")
    .version("0.1.0")
    .exitOverride()
    .showHelpAfterError("(--help shows the commands)");
  const add = [
    addUpCommand,
    addScanCommand,
    addListCommand,
    addShowCommand,
    addRmCommand,
    addChunksCommand,
    addClosureCommand,
    addWhyCommand,
    addReferrersCommand,
    addOverlapCommand,
    addSavingsCommand,
    addDiffCommand,
    addReportCommand,
    addServeCommand,
    addMigrateCommand,
    addDoctorCommand,
  ];
  for (const addCommand of add) addCommand(program, workbench);
  return program;
}
