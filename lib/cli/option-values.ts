import { InvalidArgumentError } from "commander";
import { type ChunkSizes, parseChunkSizes } from "#lib/model/chunk.ts";

/** A whole number from 1 up. */
export function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1) throw new InvalidArgumentError("a whole number from 1 up is meant");
  return count;
}

/** Chunk sizes as `MIN/AVERAGE/MAX` in KiB. */
export function toChunkSizes(text: string): ChunkSizes {
  const sizes = parseChunkSizes(text);
  if (sizes !== undefined) return sizes;
  throw new InvalidArgumentError(
    "MIN/AVERAGE/MAX in KiB are meant, rising, the average a power of two, such as 16/64/256",
  );
}

/** Collects an option that may stand several times. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}
