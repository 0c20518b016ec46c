/** Bytes of the data of one Plug'n'Play installation: that of Babel, with 2,000 packages, has 1 MiB. */
export const MAX_PNP_BYTES = 8 * 1024 ** 2;

const QUOTED_STATE = /(?:RAW_RUNTIME_STATE\s*=\s*|hydrateRuntimeState\(JSON\.parse\()'/;
/** Yarn 2 wrote the JSON as an expression. */
const PLAIN_STATE = "return hydrateRuntimeState({";
const PLAIN_STATE_END = "}, {basePath";

/**
 * The data in a Plug'n'Play loader of Yarn 2 or later (`.pnp.cjs`, `.pnp.js`), as JSON: the rest of the file is the same in every
 * project. Empty if the loader has none, because Yarn has put it into `.pnp.data.json`, and for the loader of Yarn 1.
 */
export function extractPnpState(loader: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(loader);
  return new TextEncoder().encode(findQuoted(text) ?? findPlain(text) ?? "");
}

/** A string in single quotes: backslashes escape themselves, quotes and the ends of lines. */
function findQuoted(text: string): string | undefined {
  const found = QUOTED_STATE.exec(text);
  if (found === null) return undefined;
  const parts: string[] = [];
  let from = found.index + found[0].length;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "'") return parts.join("") + text.slice(from, at);
    if (text[at] !== "\\") continue;
    parts.push(text.slice(from, at));
    from = text[at + 1] === "\n" ? at + 2 : at + 1;
    at++;
  }
  return undefined;
}

function findPlain(text: string): string | undefined {
  const start = text.indexOf(PLAIN_STATE);
  const end = start < 0 ? -1 : text.indexOf(PLAIN_STATE_END, start);
  return end < 0 ? undefined : text.slice(start + PLAIN_STATE.length - 1, end + 1);
}
