import { InputError } from "#lib/model/problem.ts";

/** Bytes of a JSON document read from an image: registries take manifests of 4 MiB, configs and lock files are larger. */
export const MAX_JSON_BYTES = 32 * 1024 ** 2;

/** Nested arrays and objects. Manifests have 4, package-lock.json up to about 30. */
export const MAX_JSON_DEPTH = 128;

export interface JsonLimits {
  readonly maxBytes?: number;
  readonly maxDepth?: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * A JSON document (RFC 8259; a byte order mark is passed over), refused before it is parsed where it is longer or
 * nested deeper than allowed: what walks the result later need not fear the stack. `place` names the document. Throws
 * InputError `bad-json`.
 */
export function parseBoundedJson(bytes: Uint8Array, place: string, limits: JsonLimits = {}): unknown {
  const { maxBytes = MAX_JSON_BYTES, maxDepth = MAX_JSON_DEPTH } = limits;
  if (bytes.length > maxBytes) {
    throw new InputError("bad-json", place, `a JSON document of ${bytes.length} bytes; the limit is ${maxBytes}`);
  }
  if (isDeeper(bytes, maxDepth)) {
    throw new InputError("bad-json", place, `a JSON document nested more than ${maxDepth} deep`);
  }
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch (cause) {
    throw new InputError("bad-json", place, "not valid JSON", { cause });
  }
}

/** Counts brackets outside strings. In UTF-8 no byte of a longer character looks like one of ASCII's. */
function isDeeper(bytes: Uint8Array, maxDepth: number): boolean {
  let depth = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) at = findQuote(bytes, at + 1);
    else if (byte === 0x5b || byte === 0x7b) depth++;
    else if (byte === 0x5d || byte === 0x7d) depth--;
    if (depth > maxDepth) return true;
  }
  return false;
}

/** Where the string that starts at `at` ends; the document's end when it does not. */
function findQuote(bytes: Uint8Array, at: number): number {
  for (let i = at; i < bytes.length; i++) {
    if (bytes[i] === QUOTE) return i;
    if (bytes[i] === BACKSLASH) i++;
  }
  return bytes.length;
}
