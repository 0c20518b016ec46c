import { execFileSync, type SpawnSyncReturns, spawnSync } from "node:child_process";

const MAX_OUTPUT_BYTES = 1 << 28;

/** Runs a program and returns its standard output. Throws with its output if it fails. */
export function run(program: string, args: readonly string[], env: Record<string, string> = {}): string {
  return execFileSync(program, args, {
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C", ...env },
    maxBuffer: MAX_OUTPUT_BYTES,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** The lines that a program prints. */
export function runLines(program: string, args: readonly string[], env: Record<string, string> = {}): string[] {
  return run(program, args, env)
    .split("\n")
    .filter((line) => line !== "");
}

/** The programs that are not installed. */
export function findMissing(programs: readonly string[]): string[] {
  const find = (program: string): SpawnSyncReturns<Buffer> => spawnSync("which", [program]);
  return programs.filter((program) => find(program).status !== 0);
}

export function sumOf<T>(items: Iterable<T>, amountOf: (item: T) => number): number {
  let sum = 0;
  for (const item of items) sum += amountOf(item);
  return sum;
}
