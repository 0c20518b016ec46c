import { tidyCreatedBy } from "./created-by.ts";

/** UTF-16 units of a step in a name. */
const MAX_STEP_LENGTH = 60;

/** The name of the files that no package owns, by the step that made their layer: `layer 3: npm ci`. */
export function unownedName({
  position,
  createdBy,
}: {
  readonly position: number;
  readonly createdBy: string;
}): string {
  const step = tidyCreatedBy(createdBy)
    .replace(/^RUN\s+/, "")
    .replace(/\s+/g, " ");
  return step === "" ? `layer ${position}` : `layer ${position}: ${cut(step)}`;
}

/** A name has no room for the number of characters that are missing. */
function cut(step: string): string {
  return step.length <= MAX_STEP_LENGTH ? step : `${step.slice(0, MAX_STEP_LENGTH).toWellFormed()}…`;
}
