import type { Problem, ProblemCode } from "./problem.ts";

/** Faults kept of one file. A hostile file could hold millions; a person reads the first few. */
export const MAX_FAULTS = 1000;

/** One thing wrong with the text of one file. Which file of which source it was, the caller knows. */
export type Fault = Pick<Problem, "code" | "message">;

/** Collects what is wrong with one file, all of it up to `MAX_FAULTS`; then one last fault says that there is more. */
export class FaultList {
  readonly found: Fault[] = [];

  /** A message that takes time to make comes as a function: a hostile file has millions of faults, and few are kept. */
  add(message: string | (() => string), code: ProblemCode = "bad-package-database"): void {
    if (this.found.length < MAX_FAULTS)
      this.found.push({ code, message: typeof message === "string" ? message : message() });
    else if (this.found.length === MAX_FAULTS) {
      this.found.push({ code: "limit-exceeded", message: `more than ${MAX_FAULTS} faults: the rest is not listed` });
    }
  }

  addLimit(what: string, limit: number): void {
    this.add(`more than ${limit} ${what}: the rest is not read`, "limit-exceeded");
  }
}

/** A piece of input inside a message, short and with its control characters spelled out, so that a message stays a line. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}
