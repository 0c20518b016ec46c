import { Command } from "commander";
import { PRODUCT_VERSION } from "#lib/model/product-version.ts";
import { ExitStatus, reportFailure } from "./exit-status.ts";
import { refuseRepeats } from "./refuse-repeats.ts";
import { openTerminal, print, printProblem, type Terminal, writeDocument } from "./terminal.ts";
import type { Workbench } from "./workbench.ts";

type AddCommand = (program: Command, workbench: Workbench) => void;

/** In the order of the help. Loaded on demand: loading all takes a third of a short command's time. */
const COMMANDS: ReadonlyMap<string, () => Promise<AddCommand>> = new Map([
  ["up", async () => (await import("./commands/up.ts")).addUpCommand],
  ["scan", async () => (await import("./commands/scan.ts")).addScanCommand],
  ["list", async () => (await import("./commands/list.ts")).addListCommand],
  ["show", async () => (await import("./commands/show.ts")).addShowCommand],
  ["find", async () => (await import("./commands/find.ts")).addFindCommand],
  ["files", async () => (await import("./commands/files.ts")).addFilesCommand],
  ["waste", async () => (await import("./commands/waste.ts")).addWasteCommand],
  ["rm", async () => (await import("./commands/rm.ts")).addRmCommand],
  ["chunks", async () => (await import("./commands/chunks.ts")).addChunksCommand],
  ["closure", async () => (await import("./commands/closure.ts")).addClosureCommand],
  ["why", async () => (await import("./commands/why.ts")).addWhyCommand],
  ["referrers", async () => (await import("./commands/referrers.ts")).addReferrersCommand],
  ["needs", async () => (await import("./commands/needs.ts")).addNeedsCommand],
  ["suspects", async () => (await import("./commands/suspects.ts")).addSuspectsCommand],
  ["advise", async () => (await import("./commands/advise.ts")).addAdviseCommand],
  ["lineage", async () => (await import("./commands/lineage.ts")).addLineageCommand],
  ["stale", async () => (await import("./commands/stale.ts")).addStaleCommand],
  ["whatif", async () => (await import("./commands/whatif.ts")).addWhatifCommand],
  ["rebase", async () => (await import("./commands/rebase.ts")).addRebaseCommand],
  ["cache-hits", async () => (await import("./commands/cache-hits.ts")).addCacheHitsCommand],
  ["relayer", async () => (await import("./commands/relayer.ts")).addRelayerCommand],
  ["overlap", async () => (await import("./commands/overlap.ts")).addOverlapCommand],
  ["savings", async () => (await import("./commands/savings.ts")).addSavingsCommand],
  ["check", async () => (await import("./commands/check.ts")).addCheckCommand],
  ["diff", async () => (await import("./commands/diff.ts")).addDiffCommand],
  ["report", async () => (await import("./commands/report.ts")).addReportCommand],
  ["export", async () => (await import("./commands/export.ts")).addExportCommand],
  ["open", async () => (await import("./commands/open.ts")).addOpenCommand],
  ["serve", async () => (await import("./commands/serve.ts")).addServeCommand],
  ["worker", async () => (await import("./commands/worker.ts")).addWorkerCommand],
  ["jobs", async () => (await import("./commands/jobs.ts")).addJobsCommand],
  ["watch", async () => (await import("./commands/watch.ts")).addWatchCommand],
  ["migrate", async () => (await import("./commands/migrate.ts")).addMigrateCommand],
  ["completion", async () => (await import("./commands/completion.ts")).addCompletionCommand],
  ["doctor", async () => (await import("./commands/doctor.ts")).addDoctorCommand],
]);

/** Runs one command line and returns its exit status. Nothing is thrown. */
export async function main(argv: readonly string[]): Promise<ExitStatus> {
  const interrupt = new AbortController();
  const stop = () => interrupt.abort();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  process.on("uncaughtException", endAtOnce);
  const workbench: Workbench = { terminal: openTerminal(), signal: interrupt.signal, status: 0 };
  process.stdout.on("error", stopOnClosedPipe);
  try {
    const program = await buildProgram(workbench, argv[0]);
    await program.parseAsync([...argv], { from: "user" });
    return workbench.status;
  } catch (error) {
    return reportFailure(workbench.terminal, error);
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop).off("uncaughtException", endAtOnce);
  }
}

/** An error outside every promise that is awaited. Node would print its own lines and exit with 1, which means "refused". */
function endAtOnce(error: unknown): never {
  process.exit(reportFailure(openTerminal(), error));
}

/** `stratigraph … | head` closes our output early, which is no failure. A full disk is one. */
function stopOnClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit(ExitStatus.done);
  printProblem(openTerminal(), "error", [`standard output cannot be written: ${error.message}`]);
  process.exit(ExitStatus.unreachable);
}

async function buildProgram(workbench: Workbench, named: string | undefined): Promise<Command> {
  const program = new Command("stratigraph")
    .description("Shows what container images and Guix and Nix stores contain, why, and what it costs.")
    .version(PRODUCT_VERSION, VERSION_FLAGS.join(", "))
    .exitOverride()
    .configureOutput(toOutput(workbench.terminal));
  for (const addCommand of await loadCommands(named)) addCommand(program, workbench);
  refuseRepeats(program);
  return program;
}

/** Sends the output of commander through our terminal, its errors as one line like all others. */
function toOutput(terminal: Terminal) {
  return {
    writeOut: (text: string) => writeDocument(terminal, text),
    writeErr: (text: string) => {
      for (const line of text.trimEnd().split("\n")) print(terminal, line);
    },
    outputError(text: string) {
      const [first, ...rest] = text
        .trim()
        .replace(/^error: /, "")
        .split("\n");
      const hint = rest.length > 0 ? rest.join(" ") : "(--help lists commands and options)";
      printProblem(terminal, "error", [`${first} ${hint}`]);
    },
  };
}

const VERSION_FLAGS: readonly string[] = ["-V", "--version"];

/** Only the named command; all of them for help, for an unknown name, and for completion, which needs their options. */
async function loadCommands(named = ""): Promise<AddCommand[]> {
  if (VERSION_FLAGS.includes(named)) return [];
  const load = named === "completion" ? undefined : COMMANDS.get(named);
  return Promise.all(load === undefined ? [...COMMANDS.values()].map((each) => each()) : [load()]);
}
