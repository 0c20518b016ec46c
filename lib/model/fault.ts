import type { Problem, ProblemCode } from "./problem.ts";

/** Faults kept per file. A hostile file may have millions; users read the first few. */
export const MAX_FAULTS = 1000;

/** One fault in the text of one file. The caller knows the file and its source. */
export type Fault = Pick<Problem, "code" | "message" | "unmet">;

/** Collects the faults of one file up to `MAX_FAULTS`, then one last fault that says there are more. */
export class FaultList {
  readonly found: Fault[] = [];

  /** A message that takes time to build is a function: a hostile file has millions of faults, and few are kept. */
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

/** A piece of input inside a message: short and with its control characters escaped, so that a message is one line. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}
