import { join, relative } from "node:path";
import { projectRoot } from "#lib/db/server/project.ts";
import { shellWord } from "#lib/model/shell-word.ts";
import { pageAddress, servedAddress } from "./server/server-address.ts";
import { print, type Terminal } from "./terminal.ts";
import { userDirectory } from "./workbench.ts";

/** Prints the page that shows the scanned artifacts, and the command that prints them. */
export function printNextStep(
  terminal: Terminal,
  artifacts: readonly { readonly id: string; readonly name: string }[],
): void {
  const [first] = artifacts;
  if (first === undefined) return;
  const isOne = artifacts.every(({ id }) => id === first.id);
  const url = pageAddress(isOne ? `artifacts/${first.id}` : "");
  const next = isOne ? commandLine("show", first.name) : commandLine("list");
  print(terminal, `page: ${url}${servedAddress() === "" ? ` (served by ${commandLine("serve")})` : ""}`);
  print(terminal, `next: ${next}`);
}

/** A command line that runs as printed, from the directory of the user. */
export function commandLine(...words: readonly string[]): string {
  const program = relative(userDirectory(), join(projectRoot(), "stratigraph"));
  return [program.includes("/") ? program : `./${program}`, ...words].map(shellWord).join(" ");
}
