import { once } from "node:events";
import type { Command } from "commander";
import { UsageError } from "#lib/model/problem.ts";
import { commandLine } from "../next-step.ts";
import { openBrowser } from "../open-browser.ts";
import { type PageServer, servePages } from "../server/http-server.ts";
import { noteAddress } from "../server/server-address.ts";
import { say, type Terminal, writeFramed, writeJson } from "../terminal.ts";
import { type Workbench, withDatabase } from "../workbench.ts";

interface ServeOptions {
  open?: boolean;
  json?: boolean;
}

export function addServeCommand(program: Command, workbench: Workbench): void {
  program
    .command("serve")
    .description("serve the pages until Ctrl-C; HOST, PORT and STRATIGRAPH_TOKEN say where and to whom")
    .option("--open", "open the address in a browser")
    .option("--json", "one JSON document on standard output: the address")
    .addHelpText("after", "\nExample:\n  HOST=0.0.0.0 STRATIGRAPH_TOKEN=secret stratigraph serve")
    .action((options: ServeOptions) => serve(workbench, options));
}

function serve(workbench: Workbench, { open, json }: ServeOptions): Promise<void> {
  return withDatabase(workbench.signal, async () => {
    const { terminal } = workbench;
    const server = await openPageServer(process.env, terminal);
    if (json) writeJson(terminal, { url: server.url });
    else printAddress(terminal, server);
    if (open) void openBrowser(terminal, server.url);
    await stayUp(workbench, server);
  });
}

/** Starts the pages where the environment says, and tells other commands where they are until it is closed. */
export async function openPageServer(
  { HOST, PORT, STRATIGRAPH_TOKEN }: NodeJS.ProcessEnv,
  terminal: Terminal,
): Promise<PageServer> {
  const { url, close } = await servePages({
    host: HOST || "127.0.0.1",
    port: toPort(PORT),
    token: STRATIGRAPH_TOKEN || undefined,
    report: (line) => say(terminal, `stratigraph: ${line}`),
  });
  const forget = noteAddress(url);
  return {
    url,
    close: async () => {
      forget();
      await close();
    },
  };
}

/** The address as a person looks for it, with what to do next. */
export function printAddress(terminal: Terminal, { url }: PageServer): void {
  writeFramed(terminal, [
    `Stratigraph is at ${url} (stop: Ctrl-C)`,
    `Scan an image:    ${commandLine("scan", "docker-archive:image.tar")}`,
    `List artifacts:   ${commandLine("list")}`,
  ]);
}

/** Serves until the person stops it. */
export async function stayUp({ terminal, signal }: Workbench, server: PageServer): Promise<void> {
  if (!signal.aborted) await once(signal, "abort");
  say(terminal, "");
  await server.close();
}

function toPort(text: string | undefined): number | undefined {
  if (text === undefined || text === "") return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(`PORT=${text}: expected a number from 0 to 65535`);
  return port;
}
