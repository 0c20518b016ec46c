import { InputError } from "#lib/model/problem.ts";

/** Bytes of a JSON document read from an image: registries accept manifests of 4 MiB, configs and lock files are larger. */
export const MAX_JSON_BYTES = 32 * 1024 ** 2;

/** Nested arrays and objects. Manifests have 4, package-lock.json up to about 30. */
export const MAX_JSON_DEPTH = 128;

/**
 * Values and names in one document. Parsed, each takes some 50 bytes, however short in the text; an index of 20,000 manifests has
 * 300,000, the longest package-lock.json about as many.
 */
export const MAX_JSON_VALUES = 400_000;

export interface JsonLimits {
  readonly maxValues?: number;
  readonly maxBytes?: number;
  readonly maxDepth?: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * A JSON document (RFC 8259; a byte order mark is skipped). Refused before parsing if it is longer, has more values or is nested
 * deeper than allowed, so that recursion over the result is safe. `place` names the document. Throws InputError `bad-json`,
 * `limit-exceeded`.
 */
export function parseBoundedJson(bytes: Uint8Array, place: string, limits: JsonLimits = {}): unknown {
  const { maxBytes = MAX_JSON_BYTES } = limits;
  if (bytes.length > maxBytes) {
    throw new InputError("bad-json", place, `a JSON document of ${bytes.length} bytes; the limit is ${maxBytes}`);
  }
  checkShape(bytes, place, limits);
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch (cause) {
    throw new InputError("bad-json", place, "not valid JSON", { cause });
  }
}

/** Counts brackets and separators outside strings, before parsing. In UTF-8 no byte of a longer character equals an ASCII one. */
export function checkShape(bytes: Uint8Array, place: string, limits: JsonLimits): void {
  const { maxDepth = MAX_JSON_DEPTH, maxValues = MAX_JSON_VALUES } = limits;
  let depth = 0;
  let values = 1;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) at = findQuote(bytes, at + 1);
    else if (byte === COMMA || byte === COLON) values++;
    else if (byte === 0x5b || byte === 0x7b) depth++;
    else if (byte === 0x5d || byte === 0x7d) depth--;
    if (depth > maxDepth) throw new InputError("bad-json", place, `a JSON document nested more than ${maxDepth} deep`);
    if (values > maxValues)
      throw new InputError("limit-exceeded", place, `a JSON document of more than ${maxValues} values`);
  }
}

/** The end of the string that starts at `at`; the document's end if it is unterminated. */
function findQuote(bytes: Uint8Array, at: number): number {
  for (let i = at; i < bytes.length; i++) {
    if (bytes[i] === QUOTE) return i;
    if (bytes[i] === BACKSLASH) i++;
  }
  return bytes.length;
}

export function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
