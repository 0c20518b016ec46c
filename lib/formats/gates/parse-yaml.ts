import { LineCounter, parseDocument } from "yaml";
import { cutText } from "#lib/model/cut-text.ts";
import { InputError } from "#lib/model/problem.ts";

/** Bytes of a configuration, comments included. The library's time grows with the square of the depth: brackets alone take 0.4 s. */
export const MAX_GATES_BYTES = 64 * 1024;
/** Aliases that may be resolved, counted with those that they contain. */
const MAX_ALIASES = 100;
/** Characters of an error of the library, which may quote the file. */
const MAX_REASON = 200;

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The one YAML document of a configuration as plain values; mappings are Maps. Throws InputError `bad-config`. */
export function parseYaml(bytes: Uint8Array, place: string): unknown {
  if (bytes.length > MAX_GATES_BYTES) {
    throw new InputError("limit-exceeded", place, `${bytes.length} bytes; the limit is ${MAX_GATES_BYTES}`);
  }
  const text = decode(bytes, place);
  try {
    const lineCounter = new LineCounter();
    const document = parseDocument(text, { lineCounter, prettyErrors: false, logLevel: "error" });
    const [first] = document.errors;
    if (first !== undefined) {
      const { line, col } = lineCounter.linePos(first.pos[0]);
      throw new InputError(
        "bad-config",
        `${place}:${line}:${col}`,
        `not valid YAML: ${cutText(first.message, MAX_REASON)}`,
      );
    }
    return document.toJS({ mapAsMap: true, maxAliasCount: MAX_ALIASES });
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError("bad-config", place, `not valid YAML: ${reasonOf(error)}`, { cause: error });
  }
}

function decode(bytes: Uint8Array, place: string): string {
  try {
    return utf8.decode(bytes);
  } catch (error) {
    throw new InputError("bad-config", place, "not valid YAML: not UTF-8", { cause: error });
  }
}

/** The library recurses over nested values: a RangeError is a stack that they exhausted. */
function reasonOf(error: unknown): string {
  if (error instanceof RangeError) return "it is nested too deeply";
  return cutText(error instanceof Error ? error.message : String(error), MAX_REASON);
}
