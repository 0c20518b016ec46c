import { displayPath } from "#lib/model/layer.ts";
import { InputError } from "#lib/model/problem.ts";
import { MAX_PATH_BYTES, MAX_PATH_DEPTH } from "./limits.ts";

const SLASH = 0x2f;
const DOT = 0x2e;

/** Bytes of a path shown in an error: the longest legal one would fill a screen. */
const SHOWN_PATH_BYTES = 120;

/** A path as an error's place: readable, and cut if it is long. */
export function toPlace(path: Uint8Array): string {
  return path.length <= SHOWN_PATH_BYTES ? displayPath(path) : `${displayPath(path.subarray(0, SHOWN_PATH_BYTES))}…`;
}

export interface NormalPath {
  /** Relative, no `.`, `..` or empty part, no slash at either end; "" is the root. May be a view of the input. */
  readonly path: Uint8Array;
  /** True if a `..` would have left the root and was dropped. */
  readonly escapes: boolean;
}

/**
 * A path as in the layer's tree. Lexical, like Go's filepath.Clean in the engines, with the root as the floor: `..` above it
 * stays at it, as in a chroot. Throws InputError `limit-exceeded`.
 */
export function normalisePath(bytes: Uint8Array): NormalPath {
  if (bytes.length > MAX_PATH_BYTES) throw tooLong(bytes);
  let start = 0;
  let end = bytes.length;
  while (bytes[start] === SLASH || (bytes[start] === DOT && bytes[start + 1] === SLASH)) start++;
  while (end > start && bytes[end - 1] === SLASH) end--;
  const path = bytes.subarray(start, end);
  if (path.length === 1 && path[0] === DOT) return { path: path.subarray(1), escapes: false };
  const depth = plainDepth(path);
  if (depth < 0) return cleanPath(path);
  if (depth > MAX_PATH_DEPTH) throw tooDeep(path);
  return { path, escapes: false };
}

/** Number of parts of a path that is already clean, else -1. */
function plainDepth(path: Uint8Array): number {
  let depth = 1;
  let partStart = 0;
  for (let i = 0; i < path.length; i++) {
    if (path[i] !== SLASH) continue;
    if (isDotPart(path, partStart, i)) return -1;
    depth++;
    partStart = i + 1;
  }
  return isDotPart(path, partStart, path.length) && path.length > 0 ? -1 : depth;
}

/** "", "." and "..". */
function isDotPart(path: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (length > 2) return false;
  return length === 0 || (path[start] === DOT && (length === 1 || path[start + 1] === DOT));
}

function cleanPath(path: Uint8Array): NormalPath {
  const out = new Uint8Array(path.length);
  const ends = [0];
  let escapes = false;
  for (let start = 0; start <= path.length; ) {
    const slash = path.indexOf(SLASH, start);
    const end = slash < 0 ? path.length : slash;
    if (!isDotPart(path, start, end)) ends.push(appendPart(out, ends.at(-1)!, path.subarray(start, end)));
    else if (end - start === 2 && ends.length > 1) ends.pop();
    else if (end - start === 2) escapes = true;
    start = end + 1;
  }
  if (ends.length - 1 > MAX_PATH_DEPTH) throw tooDeep(path);
  return { path: out.subarray(0, ends.at(-1)), escapes };
}

/** Appends the part; returns the new end. */
function appendPart(out: Uint8Array, end: number, part: Uint8Array): number {
  const at = end === 0 ? 0 : end + 1;
  if (end > 0) out[end] = SLASH;
  out.set(part, at);
  return at + part.length;
}

function tooLong(path: Uint8Array): InputError {
  const message = `a path of ${path.length} bytes; the limit is ${MAX_PATH_BYTES}`;
  return new InputError("limit-exceeded", toPlace(path), message);
}

function tooDeep(path: Uint8Array): InputError {
  const message = `a path deeper than ${MAX_PATH_DEPTH} directories`;
  return new InputError("limit-exceeded", toPlace(path), message);
}
