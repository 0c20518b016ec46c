import { constants, inflateSync } from "node:zlib";

/** Bytes of a list of crates as a program has it, and as JSON. The list of a thousand crates has 20 and 120 kB. */
export const MAX_CRATE_STREAM_BYTES = 256 * 1024;
export const MAX_CRATE_LIST_BYTES = 256 * 1024;

/** How a zlib stream begins, by its level (RFC 1950). */
export const CRATE_STREAM_STARTS: readonly Uint8Array[] = [0x01, 0x5e, 0x9c, 0xda].map((level) =>
  Uint8Array.of(0x78, level),
);

/** Bytes to which those may expand. */
const MAX_PROBED_BYTES = 64 * 1024;

/** Bytes of a stream that show whether it is such a list. */
export const CRATE_PROBE_BYTES = 64;

const LIST_START = '{"packages":[';
/** How a block is compressed (RFC 1951, 3.2.3): with the codes of the specification, or with codes of its own. */
const Block = { fixedCodes: 1, ownCodes: 2 } as const;
/** The code of the specification for `{`, in the order of the bits in a stream. */
const FIXED_BRACE = 0b11010101;

/**
 * Whether the section `.dep-v0` begins here, in which cargo-auditable keeps the list of a program's crates: a zlib stream of a JSON
 * object that begins with its packages.
 */
export function isCrateStream(probe: Uint8Array): boolean {
  try {
    const start = inflateSync(probe, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MAX_PROBED_BYTES });
    return start.toString("latin1", 0, LIST_START.length) === LIST_START;
  } catch {
    return false;
  }
}

/** False for most bytes that are no such stream: each failed attempt to inflate takes memory until the event loop is reached. */
export function mayBeCrateStream(probe: Uint8Array): boolean {
  const kind = readBits(probe, 17, 2);
  if (kind === Block.fixedCodes) return readBits(probe, 19, 8) === FIXED_BRACE;
  if (kind !== Block.ownCodes || readBits(probe, 19, 5) > 29 || readBits(probe, 24, 5) > 29) return false;
  return isComplete(Array.from({ length: readBits(probe, 29, 4) + 4 }, (_, i) => readBits(probe, 33 + 3 * i, 3)));
}

/** Whether codes of these lengths are all the codes that there are (RFC 1951, 3.2.2): zlib takes no others here. */
function isComplete(lengths: readonly number[]): boolean {
  const space = lengths.reduce((sum, length) => sum + (length === 0 ? 0 : 2 ** (7 - length)), 0);
  return space === 2 ** 7;
}

/** A number of up to eight bits, whose least bit is the first. */
function readBits(bytes: Uint8Array, at: number, count: number): number {
  const pair = (bytes[at >> 3] ?? 0) + (bytes[(at >> 3) + 1] ?? 0) * 256;
  return (pair >> (at & 7)) & (2 ** count - 1);
}

/** The JSON of a stream, whatever follows it. `undefined` if it is damaged or too long. */
export function inflateCrateList(stream: Uint8Array): string | undefined {
  try {
    const text = inflateSync(stream, { maxOutputLength: MAX_CRATE_LIST_BYTES }).toString("utf8");
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}
