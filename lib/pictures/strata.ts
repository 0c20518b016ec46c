/** The position of one stratum: distances from the top of the column, in the unit of the given height. */
export interface Band {
  readonly top: number;
  readonly height: number;
}

export interface StrataRequest {
  /** Bytes, the lowest stratum first. */
  readonly sizes: readonly number[];
  readonly height: number;
  /** Minimum height of a stratum that is not empty, so that it is visible; less if they would not all fit. */
  readonly minimum: number;
}

/**
 * Bands stacked newest on top, thickness by bytes. Strata too thin to be visible are raised to the minimum and the others
 * shrink in proportion, so that the column's height never depends on how its bytes are divided.
 */
export function placeStrata({ sizes, height, minimum }: StrataRequest): Band[] {
  const heights = thicknesses(sizes, height, minimum);
  const bands: Band[] = new Array(sizes.length);
  let top = 0;
  for (let i = sizes.length - 1; i >= 0; i--) {
    bands[i] = { top, height: heights[i]! };
    top += heights[i]!;
  }
  return bands;
}

function thicknesses(sizes: readonly number[], height: number, minimum: number): number[] {
  const filled = sizes.filter((bytes) => bytes > 0).length;
  if (filled === 0) return sizes.map(() => 0);
  const least = Math.min(minimum, height / filled);
  const raised = new Array<boolean>(sizes.length).fill(false);
  // Each round raises at least one stratum or ends, so there are at most as many rounds as strata.
  for (;;) {
    const { bytes, room } = remaining(sizes, raised, height, least);
    const scale = bytes > 0 ? room / bytes : 0;
    const thin = sizes.findIndex((size, i) => size > 0 && !raised[i] && size * scale < least);
    if (thin === -1) return sizes.map((size, i) => (size === 0 ? 0 : raised[i] ? least : size * scale));
    for (let i = thin; i < sizes.length; i++) if (sizes[i]! > 0 && sizes[i]! * scale < least) raised[i] = true;
  }
}

function remaining(sizes: readonly number[], raised: readonly boolean[], height: number, least: number) {
  let bytes = 0;
  let room = height;
  sizes.forEach((size, i) => {
    if (raised[i]) room -= least;
    else bytes += size;
  });
  return { bytes, room };
}

/** Round byte steps for a scale of at most `count` marks over `bytes`: 1, 2, 5, 10, 20, 50 … of a binary unit. */
export function scaleMarks(bytes: number, count: number): number[] {
  if (bytes <= 0) return [];
  let unit = 1;
  while (unit * 1024 <= bytes) unit *= 1024;
  const steps = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500].map((factor) => factor * unit);
  const step = steps.find((candidate) => bytes / candidate <= count) ?? bytes;
  const marks: number[] = [];
  for (let i = 1; i * step <= bytes; i++) marks.push(Math.round(i * step));
  return marks;
}
