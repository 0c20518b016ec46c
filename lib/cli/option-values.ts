import { InvalidArgumentError, Option } from "commander";
import { type ChunkSizes, parseChunkSizes } from "#lib/model/chunk.ts";
import { nearestTexts } from "#lib/model/nearest-text.ts";

/** Maximum of a LIMIT in Postgres, which has 32 bits. */
export const ALL_ROWS = 2 ** 31 - 1;

/** `--limit`; `shown`: rows of the text output by default. */
export function limitOption(shown: number): Option {
  return new Option("--limit <count>", `number of rows, largest first (default: ${shown}; all in JSON)`).argParser(
    parseCount,
  );
}

export function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1) throw new InvalidArgumentError("expected an integer ≥ 1");
  return count;
}

/** A position, from 0. */
export function parsePosition(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("expected an integer ≥ 0");
  return Number(text);
}

/** Chunk sizes as `MIN/AVERAGE/MAX` in KiB. */
export function toChunkSizes(text: string): ChunkSizes {
  const sizes = parseChunkSizes(text);
  if (sizes !== undefined) return sizes;
  throw new InvalidArgumentError(
    "expected MIN/AVERAGE/MAX in KiB, ascending, with a power of two as the average, such as 16/64/256",
  );
}

/** An option with a closed list of values, which suggests the closest one for a wrong value. */
export function choiceOption(flags: string, description: string, choices: readonly string[]): Option {
  return new Option(flags, description).choices(choices).argParser((value: string) => {
    if (choices.includes(value)) return value;
    const [near] = nearestTexts(value, choices, 1);
    const hint = near === undefined ? `Allowed choices are ${choices.join(", ")}.` : `Did you mean ${near}?`;
    throw new InvalidArgumentError(hint);
  });
}

/** Collects the values of a repeatable option. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}
