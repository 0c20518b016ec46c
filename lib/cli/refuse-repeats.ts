import type { Command, Option } from "commander";
import { collect } from "./option-values.ts";

/** Refuses a repeated option that takes one value: commander would silently use the last. Switches may be repeated. */
export function refuseRepeats(command: Command): void {
  for (const option of command.options.filter(takesOneValue)) {
    let given = 0;
    command.on(`option:${option.name()}`, () => {
      given += 1;
      if (given > 1) command.error(`error: option '${option.flags}' is given twice but takes one value`);
    });
  }
  for (const subcommand of command.commands) refuseRepeats(subcommand);
}

function takesOneValue({ required, optional, variadic, parseArg }: Option): boolean {
  return (required || optional) && !variadic && parseArg !== (collect as typeof parseArg);
}
