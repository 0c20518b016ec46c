/** One timed figure: the median of a few runs, in milliseconds. */
export async function medianOf(runs: number, run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[runs >> 1]!;
}

/** A line of the report: what was measured, the value, and its budget. */
export interface Figure {
  readonly what: string;
  readonly value: string;
  readonly budget: string;
  readonly within: boolean | undefined;
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

export function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 1024 ** 2)} MiB`;
}
