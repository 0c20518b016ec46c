import { nearestTexts } from "#lib/model/nearest-text.ts";
import { InputError } from "#lib/model/problem.ts";
import { parseSize } from "./parse-size.ts";

/** Words that disable a rule, as in dive; so does an empty value. */
const OFF: ReadonlySet<string> = new Set(["", "disabled", "off", "false"]);
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const MAX_SHOWN = 80;

/** A value of a configuration and where it is: `.dive-ci: rules.maxRootfsSize`. */
export interface Placed {
  readonly value: unknown;
  readonly place: string;
}

/** Whether a value disables its rule. */
export function isOff({ value }: Placed): boolean {
  return value === null || OFF.has(toText(value)?.trim().toLowerCase() ?? "on");
}

/** A size in bytes: `20MB`, `20 MiB`, `20000000`. */
export function readSize({ value, place }: Placed): number {
  const size = parseSize(toText(value) ?? "?");
  return size ?? throwUnexpected({ value, place }, "a size such as 20MB, 20 MiB or 20000000");
}

/** A ratio from 0 to 1. */
export function readRatio({ value, place }: Placed): number {
  const text = toText(value)?.trim() ?? "";
  const ratio = DECIMAL.test(text) ? Number(text) : Number.NaN;
  return ratio >= 0 && ratio <= 1 ? ratio : throwUnexpected({ value, place }, "a number from 0 to 1");
}

/** A count from 0. */
export function readCount({ value, place }: Placed): number {
  const text = toText(value)?.trim() ?? "";
  const count = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(count) ? count : throwUnexpected({ value, place }, "an integer ≥ 0");
}

/** A text that is not empty. */
export function readText({ value, place }: Placed): string {
  const text = typeof value === "string" ? value.trim() : "";
  return text === "" ? throwUnexpected({ value, place }, "a text") : text;
}

/** One of a closed list of words. */
export function readChoice<Choice extends string>({ value, place }: Placed, choices: readonly Choice[]): Choice {
  const found = choices.find((choice) => choice === value);
  return found ?? throwUnexpected({ value, place }, `one of ${choices.join(", ")}`);
}

/** The entries of a mapping, each with its place. */
export function readEntries({ value, place }: Placed): [key: string, entry: Placed][] {
  if (!(value instanceof Map)) return throwUnexpected({ value, place }, "a mapping");
  return Array.from(value as Map<unknown, unknown>, ([key, entry]) => {
    const name = toText(key) ?? throwUnexpected({ value: key, place }, "a name as key");
    return [name, { value: entry, place: `${place}: ${shorten(name)}` }];
  });
}

/** Throws the error for a key that is not known, with the nearest one. */
export function throwUnknownKey(key: string, { place }: Placed, known: readonly string[]): never {
  const [near] = nearestTexts(key, known, 1);
  const hint = near === undefined ? `expected ${known.join(", ")}` : `did you mean ${near}?`;
  throw new InputError("bad-config", place, `unknown key; ${hint}`);
}

export function throwUnexpected({ value, place }: Placed, expected: string): never {
  const got = value instanceof Map ? "a mapping" : Array.isArray(value) ? "a list" : JSON.stringify(value);
  throw new InputError("bad-config", place, `expected ${expected}, got ${shorten(got ?? "nothing")}`);
}

function shorten(text: string): string {
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN)}…`;
}

/** A scalar as text; `undefined` for anything else. */
function toText(value: unknown): string | undefined {
  if (value === null) return "";
  return ["string", "number", "boolean", "bigint"].includes(typeof value) ? String(value) : undefined;
}
