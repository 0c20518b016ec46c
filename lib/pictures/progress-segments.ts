import type { ScanProgress } from "#lib/model/scan-progress.ts";

/** One piece of a progress bar. */
export interface ProgressSegment {
  /** Its share of the bar, in any unit. */
  readonly weight: number;
  /** 0 to 1. */
  readonly filled: number;
  readonly isKnown: boolean;
}

const WHOLE = { weight: 1, isKnown: false };

/**
 * A segment for each layer, the lowest first; one for all where layers are not listed. Several layers may be read at once, and only
 * their sum is known: it fills them in the order in which they are begun, the largest first.
 */
export function progressSegments({ phase, layers, bytesRead = 0, totalBytes = 0 }: ScanProgress): ProgressSegment[] {
  if (phase === "measuring" || phase === "writing") return [{ ...WHOLE, filled: 1 }];
  if (layers === undefined || layers.length === 0)
    return [{ ...WHOLE, filled: totalBytes === 0 ? 0 : Math.min(1, bytesRead / totalBytes) }];
  const filled = new Map<number, number>();
  const inOrder = [...layers.entries()].sort(([, a], [, b]) => b.bytes - a.bytes);
  let rest = bytesRead;
  for (const [, { bytes, state }] of inOrder) if (state === "read") rest -= bytes;
  for (const [i, { bytes, state }] of inOrder) {
    if (state !== "unread") continue;
    const read = Math.max(0, Math.min(rest, bytes));
    filled.set(i, bytes === 0 ? 0 : read / bytes);
    rest -= read;
  }
  return layers.map(({ bytes, state }, i) => ({
    weight: bytes,
    filled: filled.get(i) ?? 1,
    isKnown: state === "known",
  }));
}
