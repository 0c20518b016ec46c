import { once } from "node:events";
import type { Command } from "commander";
import { commandLine } from "../next-step.ts";
import { openBrowser } from "../open-browser.ts";
import type { JsonOption } from "../query-command.ts";
import { type PageServer, servePages } from "../server/http-server.ts";
import { print, type Terminal, writeFramed, writeJson } from "../terminal.ts";
import { type Workbench, withDatabase } from "../workbench.ts";

interface ServeOptions extends JsonOption {
  readonly open?: boolean;
}

export function addServeCommand(program: Command, workbench: Workbench): void {
  program
    .command("serve")
    .description(
      "serve the pages until Ctrl-C, at HOST and PORT; STRATIGRAPH_TOKEN and STRATIGRAPH_READ restrict access",
    )
    .option("--open", "open the address in a browser")
    .option("--json", "print the address as one JSON document on standard output")
    .addHelpText("after", "\nExample:\n  HOST=0.0.0.0 STRATIGRAPH_TOKEN=secret stratigraph serve")
    .action((options: ServeOptions) => serve(workbench, options));
}

function serve(workbench: Workbench, { open, json }: ServeOptions): Promise<void> {
  return withDatabase(workbench.signal, async () => {
    const { terminal } = workbench;
    const server = await openPageServer(terminal);
    if (json) writeJson(terminal, toAddresses(server));
    else printAddress(terminal, server);
    if (open) void openBrowser(terminal, server.url);
    await serveUntilStopped(workbench, server);
  });
}

export function openPageServer(terminal: Terminal): Promise<PageServer> {
  return servePages(process.env, (line) => print(terminal, `stratigraph: ${line}`));
}

/** The addresses of a server as JSON. */
export function toAddresses({ url, listening }: PageServer): object {
  return { url, listening };
}

/** Prints the address, and the commands to start with. */
export function printAddress(terminal: Terminal, { url, listening }: PageServer): void {
  const behind = url === listening ? "" : `listening on ${listening}, `;
  writeFramed(terminal, [
    `Stratigraph is at ${url} (${behind}stop: Ctrl-C)`,
    `Scan an image:    ${commandLine("scan", "docker-archive:image.tar")}`,
    `List artifacts:   ${commandLine("list")}`,
  ]);
}

/** Serves until Ctrl-C. */
export async function serveUntilStopped({ terminal, signal }: Workbench, server: PageServer): Promise<void> {
  if (!signal.aborted) await once(signal, "abort");
  print(terminal, "");
  await server.close();
}
