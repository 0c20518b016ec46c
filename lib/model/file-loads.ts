/** In place of a need: the program interpreter of the file. */
export const INTERPRETER = -1;

/**
 * The files that the dynamic linker would load, in threes: the file that needs one, which of its needs it is (by position, or
 * `INTERPRETER`), and the file that is found. Files are rows of the image's entries, all layers numbered through, bottom first. In the
 * order of the first.
 */
export type FileLoads = Int32Array;

/** Numbers for each load. */
export const LOAD_WIDTH = 3;

/** The needs of one file that are met, by position: the row of the file found for each. */
export function listLoadsOf(loads: FileLoads, row: number): Map<number, number> {
  const found = new Map<number, number>();
  for (let at = firstAt(loads, row); at < loads.length && loads[at] === row; at += LOAD_WIDTH)
    if (!found.has(loads[at + 1]!)) found.set(loads[at + 1]!, loads[at + 2]!);
  return found;
}

/** Where the loads of a row begin, by binary search. */
function firstAt(loads: FileLoads, row: number): number {
  let low = 0;
  let high = loads.length / LOAD_WIDTH;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (loads[LOAD_WIDTH * middle]! < row) low = middle + 1;
    else high = middle;
  }
  return LOAD_WIDTH * low;
}
