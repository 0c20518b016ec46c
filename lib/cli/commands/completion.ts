import { Argument, type Command } from "commander";
import { listCompletedCommands } from "../completion/completed-commands.ts";
import { SHELL_SCRIPTS } from "../completion/shell-scripts.ts";
import { writeDocument, writeJson } from "../terminal.ts";
import type { Workbench } from "../workbench.ts";

export function addCompletionCommand(program: Command, { terminal }: Workbench): void {
  program
    .command("completion")
    .addArgument(new Argument("<shell>", "the shell to print a script for").choices(Object.keys(SHELL_SCRIPTS)))
    .description("print a script that completes commands, options and transports in a shell")
    .option("--json", "print the script as one JSON document on standard output")
    .addHelpText("after", '\nExample:\n  eval "$(stratigraph completion bash)"')
    .action((shell: keyof typeof SHELL_SCRIPTS, options: { json?: boolean }) => {
      const script = SHELL_SCRIPTS[shell](listCompletedCommands(program));
      if (options.json) writeJson(terminal, { shell, script });
      else writeDocument(terminal, script);
    });
}
