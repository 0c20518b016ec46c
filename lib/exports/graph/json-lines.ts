import { toJsonLine } from "#lib/display/visible-text.ts";

/** An object as JSON text, piece by piece: each of `fields` on a line, lists entry by entry. */
export function* jsonObject(fields: readonly (readonly [name: string, value: unknown])[]): Generator<string> {
  yield "{";
  let separator = "\n";
  for (const [name, value] of fields) {
    yield `${separator}${toJsonLine(name)}: `;
    if (isGenerated(value)) yield* jsonList(value);
    else yield toJsonLine(value);
    separator = ",\n";
  }
  yield "\n}\n";
}

function isGenerated(value: unknown): value is Generator<unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Symbol.iterator in value;
}

function* jsonList(entries: Iterable<unknown>): Generator<string> {
  let separator = "[\n";
  for (const entry of entries) {
    yield `${separator}${toJsonLine(entry)}`;
    separator = ",\n";
  }
  yield separator.startsWith("[") ? "[]" : "\n]";
}
