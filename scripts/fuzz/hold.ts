import assert from "node:assert/strict";
import { type Fault, MAX_FAULTS } from "#lib/model/fault.ts";
import { InputError } from "#lib/model/problem.ts";

/** Maximum UTF-16 units of a problem's message and of its place: neither may be as long as the input. */
const MAX_MESSAGE_LENGTH = 1500;
const MAX_PLACE_LENGTH = 4200;

/**
 * What `parse` returns, or the refusal that it declares: any other error is a failure, and so is a refusal that is
 * too long to read.
 */
export function orRefused<T>(parse: () => T): T | InputError {
  try {
    return parse();
  } catch (error) {
    return toRefusal(error);
  }
}

/** The same for an asynchronous parser. */
export async function orRefusedLater<T>(parse: () => Promise<T>): Promise<T | InputError> {
  try {
    return await parse();
  } catch (error) {
    return toRefusal(error);
  }
}

/** Whether the result is a refusal. */
export function isRefused(value: unknown): value is InputError {
  return value instanceof InputError;
}

function toRefusal(error: unknown): InputError {
  if (!(error instanceof InputError)) throw error;
  assert.ok(error.message.length <= MAX_MESSAGE_LENGTH, "a message too long to read");
  assert.ok(error.place.length <= MAX_PLACE_LENGTH, "a place too long to read");
  return error;
}

/** Problems are listed up to their limit, and each is short enough to read. */
export function holdFaults(faults: readonly Fault[]): void {
  assert.ok(faults.length <= MAX_FAULTS + 1, "more faults than are kept");
  for (const { message } of faults) assert.ok(message.length <= MAX_MESSAGE_LENGTH, "a fault too long to read");
}

/** Text kept from a document is no longer than the document, except for what a parser adds per piece. */
export function holdLength(texts: Iterable<string>, input: string): void {
  let kept = 0;
  for (const text of texts) kept += text.length;
  assert.ok(kept <= 4 * input.length + 64, `${kept} characters kept of ${input.length}`);
}

/** The input as text, the way documents are read: invalid UTF-8 is replaced. */
export function toText(input: Uint8Array): string {
  return Buffer.from(input.buffer, input.byteOffset, input.length).toString("utf8");
}

/** The input in parts, at its NULs; at most `count`, missing ones empty. */
export function toParts(input: Uint8Array, count: number): string[] {
  const parts = toText(input).split("\0", count);
  while (parts.length < count) parts.push("");
  return parts;
}

/** With an inconsistent order, the answer would depend on which pair is compared first. */
export function holdOrder(
  compare: (a: string, b: string) => number,
  [a = "", b = "", c = ""]: readonly string[],
): void {
  assert.equal(compare(a, a), 0, "equal to itself");
  assert.equal(Math.sign(compare(a, b)), -Math.sign(compare(b, a)) + 0, "the same from both sides");
  if (compare(a, b) <= 0 && compare(b, c) <= 0) assert.ok(compare(a, c) <= 0, "not transitive");
}
