import type { Command } from "commander";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import { UnreachableError } from "#lib/model/problem.ts";
import { findOneArtifact, IMAGE } from "../artifact-set.ts";
import { commandLine } from "../next-step.ts";
import { openBrowser } from "../open-browser.ts";
import type { JsonOption } from "../query-command.ts";
import { pageAddress, servedAddress } from "../server/server-address.ts";
import { writeJson, writeLine } from "../terminal.ts";
import { askDatabase, type Workbench } from "../workbench.ts";

export function addOpenCommand(program: Command, workbench: Workbench): void {
  program
    .command("open")
    .argument("[artifact]", `${IMAGE}; default: the list of all artifacts`)
    .description("open a page in the browser, while up or serve runs")
    .option("--json", "print the address as one JSON document on standard output")
    .addHelpText("after", "\nExample:\n  stratigraph open nginx:1.27")
    .action((name: string | undefined, options: JsonOption) => open(workbench, name, options));
}

async function open({ terminal, signal }: Workbench, name: string | undefined, { json }: JsonOption): Promise<void> {
  const found = name === undefined ? undefined : await askDatabase(signal, ({ pool }) => findOneArtifact(pool, name));
  if (servedAddress() === "") throw new UnreachableError(`no server is running; start it: ${commandLine("serve")}`);
  const url = pageAddress(found === undefined ? "" : `artifacts/${toArtifactId(found.digest)}`);
  if (json) writeJson(terminal, { url });
  else writeLine(terminal, url);
  await openBrowser(terminal, url);
}
