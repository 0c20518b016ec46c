const TILDE = 0x7e;
const CARET = 0x5e;
const ZERO = 0x30;

/**
 * Orders two versions, or two releases, as rpm does (rpm-version(7)): −1, 0 or 1. Runs of digits compare by value, runs of letters
 * as text, and a number is newer than letters; all other characters only separate. `~` sorts before everything, even the end;
 * `^` after the end and before everything else.
 */
export function compareRpmVersions(a: string, b: string): number {
  if (a === b) return 0;
  let i = skipSeparators(a, 0);
  let j = skipSeparators(b, 0);
  while (i < a.length || j < b.length) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(j)];
    if (x === TILDE || y === TILDE || x === CARET || y === CARET) {
      if (x !== y) return compareMarks(x, y);
      i = skipSeparators(a, i + 1);
      j = skipSeparators(b, j + 1);
      continue;
    }
    if (i === a.length) return -1;
    if (j === b.length) return 1;
    const isRun = isDigit(x) ? isDigit : isLetter;
    if (!isRun(y)) return isDigit(x) ? 1 : -1;
    const [left, right] = [endOfRun(a, i, isRun), endOfRun(b, j, isRun)];
    const order = compareRuns(a.slice(i, left), b.slice(j, right), isDigit(x));
    if (order !== 0) return order;
    i = skipSeparators(a, left);
    j = skipSeparators(b, right);
  }
  return 0;
}

/** Two different codes, at least one of them a mark; NaN is the end. */
function compareMarks(x: number, y: number): number {
  if (x === TILDE) return -1;
  if (y === TILDE) return 1;
  if (Number.isNaN(x)) return -1;
  if (Number.isNaN(y)) return 1;
  return x === CARET ? -1 : 1;
}

function compareRuns(x: string, y: string, isNumber: boolean): number {
  const left = isNumber ? x.replace(/^0+/, "") : x;
  const right = isNumber ? y.replace(/^0+/, "") : y;
  if (isNumber && left.length !== right.length) return left.length < right.length ? -1 : 1;
  return left === right ? 0 : left < right ? -1 : 1;
}

function skipSeparators(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isDigit(code) || isLetter(code) || code === TILDE || code === CARET) break;
  }
  return at;
}

function endOfRun(text: string, from: number, isRun: (code: number) => boolean): number {
  let at = from;
  while (at < text.length && isRun(text.charCodeAt(at))) at += 1;
  return at;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= ZERO + 9;
}

/** ASCII only, as in rpm, whatever the locale. */
function isLetter(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}

/** `[epoch:]version[-release]`; "" for a missing part. */
export interface Evr {
  readonly epoch: string;
  readonly version: string;
  readonly release: string;
}

const EPOCH = /^(\d*):/;

export function splitEvr(text: string): Evr {
  const epoch = EPOCH.exec(text);
  const rest = epoch === null ? text : text.slice(epoch[0].length);
  const hyphen = rest.lastIndexOf("-");
  const isReleased = hyphen >= 0;
  return {
    epoch: epoch === null ? "" : epoch[1] || "0",
    version: isReleased ? rest.slice(0, hyphen) : rest,
    release: isReleased ? rest.slice(hyphen + 1) : "",
  };
}

/** A missing epoch is 0, whatever rpm's oldest releases promoted it to. */
export function compareEpochs(a: string, b: string): number {
  return compareRpmVersions(a || "0", b || "0");
}
