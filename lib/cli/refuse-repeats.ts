import type { Command, Option } from "commander";
import { collect } from "./option-values.ts";

/**
 * Refuses an option that is given twice and means one thing: commander would take the last and say nothing. A switch may be
 * repeated, and so may what is collected.
 */
export function refuseRepeats(command: Command): void {
  for (const option of command.options.filter(takesOneValue)) {
    let given = 0;
    command.on(`option:${option.name()}`, () => {
      given += 1;
      if (given > 1) command.error(`error: option '${option.flags}' is given twice, and takes one value`);
    });
  }
  for (const below of command.commands) refuseRepeats(below);
}

function takesOneValue({ required, optional, variadic, parseArg }: Option): boolean {
  return (required || optional) && !variadic && parseArg !== (collect as typeof parseArg);
}
