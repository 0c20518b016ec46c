import type { Command, Option } from "commander";
import { TRANSPORTS } from "#lib/sources/transports.ts";

/** The completions after one command. */
export interface CompletedCommand {
  readonly name: string;
  readonly description: string;
  /** Those of the command and of its subcommands: the scripts know only the first word. */
  readonly options: readonly CompletedOption[];
  /** Subcommands, and the values of arguments that have a closed list. */
  readonly words: readonly string[];
  /** `docker-archive:` and all others, if the command takes sources. */
  readonly transports: readonly string[];
}

export interface CompletedOption {
  /** `--rung`, or `-o` and `--output`. */
  readonly flags: readonly string[];
  readonly description: string;
  readonly takesValue: boolean;
  /** [] if any value is allowed. */
  readonly choices: readonly string[];
}

/** The commands of a program, in the order of its help. */
export function listCompletedCommands(program: Command): CompletedCommand[] {
  return program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    options: listOptions(command),
    words: [
      ...command.commands.map((below) => below.name()),
      ...command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices),
    ],
    transports: takesSources(command) ? TRANSPORTS.map(({ name }) => `${name}:`) : [],
  }));
}

/** Each option once: subcommands share some. */
function listOptions(command: Command): CompletedOption[] {
  const all = [command, ...command.commands].flatMap(({ options }) => options);
  const byFlags = new Map(all.map((option) => [option.flags, toCompletedOption(option)]));
  return [...byFlags.values(), { flags: ["--help"], description: "display help", takesValue: false, choices: [] }];
}

function toCompletedOption({ short, long, description, required, optional, argChoices = [] }: Option): CompletedOption {
  const flags = [short, long].filter((flag) => flag !== undefined);
  return { flags, description, takesValue: required || optional, choices: argChoices };
}

function takesSources({ registeredArguments }: Command): boolean {
  return registeredArguments.some((argument) => argument.name() === "source");
}
