import { InputError } from "#lib/model/problem.ts";

const SPACE = 0x20;
const ZERO = 0x30;
const MINUS = 0x2d;
const DOT = 0x2e;

/**
 * A numeric header field: octal digits with spaces or NULs around (POSIX.1-2017 pax, "ustar Interchange Format"), or GNU base-256
 * if the top bit of the first byte is set: big-endian two's complement. Rounded beyond 2^53.
 */
export function parseNumber(block: Uint8Array, start: number, length: number, place: string): number {
  return block[start]! & 0x80 ? parseBase256(block, start, length) : parseOctal(block, start, length, place);
}

function parseBase256(block: Uint8Array, start: number, length: number): number {
  const negative = (block[start]! & 0x40) !== 0;
  let value = negative ? (block[start]! | 0x80) - 256 : block[start]! & 0x7f;
  for (let i = start + 1; i < start + length; i++) value = value * 256 + block[i]!;
  return value;
}

/** Octal as in Go's archive/tar: padding is trimmed, an empty field is 0, everything after a NUL is ignored. */
export function parseOctal(block: Uint8Array, start: number, length: number, place: string): number {
  const end = start + length;
  let at = start;
  while (at < end && (block[at] === 0 || block[at] === SPACE)) at++;
  let value = 0;
  for (; at < end && block[at] !== 0 && block[at] !== SPACE; at++) {
    const digit = block[at]! - ZERO;
    if (digit < 0 || digit > 7) throw new InputError("bad-tar", place, "a numeric header field is not a number");
    value = value * 8 + digit;
  }
  return value;
}

/**
 * Decimal digits of a pax record, with a sign if `signed`; a fraction is rounded towards minus infinity, so that
 * -0.5 s stays before the epoch. `undefined` if it is not a number.
 */
export function parseDecimal(text: Uint8Array, { signed }: { signed: boolean }): number | undefined {
  const negative = signed && text[0] === MINUS;
  const start = negative ? 1 : 0;
  const dot = signed ? text.indexOf(DOT) : -1;
  const whole = parseDigits(text, start, dot < 0 ? text.length : dot);
  if (whole === undefined || dot < 0) return negative && whole !== undefined ? -whole : whole;
  const fraction = dot + 1 === text.length ? 0 : parseDigits(text, dot + 1, text.length);
  if (fraction === undefined) return undefined;
  return negative ? -whole - (fraction > 0 ? 1 : 0) : whole;
}

function parseDigits(text: Uint8Array, start: number, end: number): number | undefined {
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = text[at]! - ZERO;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return end > start ? value : undefined;
}
