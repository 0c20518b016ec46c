import type { Command } from "commander";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import { UnreachableError } from "#lib/model/problem.ts";
import { findOneArtifact } from "../artifact-set.ts";
import { commandLine } from "../next-step.ts";
import { openBrowser } from "../open-browser.ts";
import { pageAddress, servedAddress } from "../server/server-address.ts";
import { writeJson, writeLine } from "../terminal.ts";
import { askDatabase, type Workbench } from "../workbench.ts";

export function addOpenCommand(program: Command, workbench: Workbench): void {
  program
    .command("open")
    .argument("[artifact]", "name, repo:tag, digest or id; default: the page that lists all artifacts")
    .description("open a page in the browser, while up or serve runs")
    .option("--json", "one JSON document on standard output: the address")
    .addHelpText("after", "\nExample:\n  stratigraph open nginx:1.27")
    .action((name: string | undefined, options: { json?: boolean }) => open(workbench, name, options.json === true));
}

async function open({ terminal, signal }: Workbench, name: string | undefined, asJson: boolean): Promise<void> {
  const path =
    name === undefined
      ? ""
      : await askDatabase(signal, async ({ pool }) => {
          return `artifacts/${toArtifactId((await findOneArtifact(pool, name)).digest)}`;
        });
  if (servedAddress() === "") throw new UnreachableError(`no server is running; start it: ${commandLine("serve")}`);
  const url = pageAddress(path);
  if (asJson) writeJson(terminal, { url });
  else writeLine(terminal, url);
  await openBrowser(terminal, url);
}
