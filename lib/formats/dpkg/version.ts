/** A Debian version in its three parts (deb-version(7)): `[epoch:]upstream[-revision]`. */
interface DebVersion {
  readonly epoch: number;
  readonly upstream: string;
  readonly revision: string;
}

const EPOCH = /^(\d{1,10}):/;
const ZERO = 48;
const NINE = 57;
const TILDE = 126;

/**
 * Orders two versions as dpkg does (deb-version(7), "Sorting algorithm"): negative, 0 or positive. Total: a text that is not a
 * version is compared as an upstream part without epoch or revision.
 */
export function compareDebVersions(left: string, right: string): number {
  if (left === right) return 0;
  const a = splitVersion(left);
  const b = splitVersion(right);
  return a.epoch - b.epoch || comparePart(a.upstream, b.upstream) || comparePart(a.revision, b.revision);
}

function splitVersion(text: string): DebVersion {
  const epoch = EPOCH.exec(text);
  const rest = epoch === null ? text : text.slice(epoch[0].length);
  // The revision follows the last hyphen: upstream versions may contain hyphens.
  const hyphen = rest.lastIndexOf("-");
  const upstream = hyphen < 0 ? rest : rest.slice(0, hyphen);
  return { epoch: epoch === null ? 0 : Number(epoch[1]), upstream, revision: hyphen < 0 ? "" : rest.slice(hyphen + 1) };
}

/** Alternates between a run without digits, compared by `weight`, and a number, compared by value whatever its length. */
function comparePart(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    while ((i < a.length && !isDigit(a, i)) || (j < b.length && !isDigit(b, j))) {
      const difference = weight(a, i) - weight(b, j);
      if (difference !== 0) return difference;
      i += 1;
      j += 1;
    }
    while (a.charCodeAt(i) === ZERO) i += 1;
    while (b.charCodeAt(j) === ZERO) j += 1;
    let first = 0;
    for (; isDigit(a, i) && isDigit(b, j); i++, j++) first ||= a.charCodeAt(i) - b.charCodeAt(j);
    if (isDigit(a, i)) return 1;
    if (isDigit(b, j)) return -1;
    if (first !== 0) return first;
  }
  return 0;
}

/** The tilde sorts before everything, even the end; letters before all other characters. A digit ends the run, like the end. */
function weight(text: string, at: number): number {
  if (at >= text.length || isDigit(text, at)) return 0;
  const code = text.charCodeAt(at);
  if (code === TILDE) return -1;
  const letter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return letter ? code : code + 256;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= ZERO && code <= NINE;
}
