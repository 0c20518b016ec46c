import type { Command, Option } from "commander";
import { TRANSPORTS } from "#lib/sources/transports.ts";

/** The completions after one command. */
export interface CompletedCommand {
  readonly name: string;
  readonly description: string;
  /** Those of the command and of its subcommands, each once: the scripts know only the first word. */
  readonly options: readonly Option[];
  /** Subcommands, and the values of arguments that have a closed list. */
  readonly words: readonly string[];
  /** `docker-archive:` and all others, if the command takes sources. */
  readonly transports: readonly string[];
}

/** The commands of a program, in the order of its help. */
export function listCompletedCommands(program: Command): CompletedCommand[] {
  return program.commands.map((command) => {
    const options = [command, ...command.commands].flatMap((each) => program.createHelp().visibleOptions(each));
    const { registeredArguments, commands } = command;
    const takesSources = registeredArguments.some((argument) => argument.name() === "source");
    return {
      name: command.name(),
      description: command.description(),
      options: [...new Map(options.map((option) => [option.flags, option])).values()],
      words: [
        ...commands.map((each) => each.name()),
        ...registeredArguments.flatMap(({ argChoices = [] }) => argChoices),
      ],
      transports: takesSources ? TRANSPORTS.map(({ name }) => `${name}:`) : [],
    };
  });
}

/** `--rung`, or `-o` and `--output`. */
export function flagsOf({ short, long }: Option): string[] {
  return [short, long].filter((flag) => flag !== undefined);
}
