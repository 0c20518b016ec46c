/**
 * One part of an apk version (apk-package(5), "pkgver"). The kind's position in the list is its rank: if two versions have parts
 * of different kinds, the one with the greater kind is the lesser version (`1.2` ends before `1.2.3`).
 */
interface Part {
  readonly kind: number;
  readonly text: string;
}

const Kind = { number: 0, letter: 1, suffix: 2, suffixNumber: 3, hash: 4, revision: 5, end: 6 } as const;
const END: Part = { kind: Kind.end, text: "" };
// Suffixes before a release, then suffixes after it, each in order.
const SUFFIXES = ["alpha", "beta", "pre", "rc", "", "cvs", "svn", "git", "hg", "p"];
const RELEASE = SUFFIXES.indexOf("");

// The alternatives start with different characters, so there is one way to match and no backtracking.
const VERSION =
  /^(\d+(?:\.\d+)*)([a-z]?)((?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)\d*)*)(?:~([0-9a-f]+))?(?:-r(\d+))?$/;

/**
 * Orders two versions as apk-tools does (`apk_version_compare`): negative, 0 or positive. A text that is not an apk version comes
 * before all versions; two such texts compare character by character, so that the order is total and equal texts are equal.
 */
export function compareApkVersions(left: string, right: string): number {
  return left === right ? 0 : compareParts(left, right, false);
}

/** Whether `version` is `prefix` or continues it part by part: the meaning of apk's `~` (`1.2.3-r0` matches `~1.2`). */
export function matchesFuzzily(version: string, prefix: string): boolean {
  return version === prefix || compareParts(version, prefix, true) === 0;
}

function compareParts(left: string, right: string, fuzzy: boolean): number {
  const a = splitVersion(left);
  const b = splitVersion(right);
  if (a === undefined && b === undefined) return left < right ? -1 : left > right ? 1 : 0;
  if (a === undefined) return -1;
  if (b === undefined) return 1;
  for (let i = 0; ; i++) {
    const x = a[i] ?? END;
    const y = b[i] ?? END;
    if (y.kind === Kind.end && (fuzzy || x.kind === Kind.end)) return 0;
    if (x.kind !== y.kind) return compareKinds(x, y);
    const order = compareTexts(x, y, i === 0);
    if (order !== 0) return order;
  }
}

function compareKinds(x: Part, y: Part): number {
  if (isBeforeRelease(x)) return -1;
  if (isBeforeRelease(y)) return 1;
  return y.kind - x.kind;
}

function isBeforeRelease(part: Part): boolean {
  return part.kind === Kind.suffix && SUFFIXES.indexOf(part.text) < RELEASE;
}

function compareTexts(x: Part, y: Part, first: boolean): number {
  if (x.kind === Kind.suffix) return SUFFIXES.indexOf(x.text) - SUFFIXES.indexOf(y.text);
  const isNumber = x.kind === Kind.number || x.kind === Kind.suffixNumber || x.kind === Kind.revision;
  // A later number that starts with 0 is a fraction: 1.05 comes before 1.5.
  const isFraction = x.kind === Kind.number && !first && (x.text.startsWith("0") || y.text.startsWith("0"));
  if (isNumber && !isFraction) return compareNumbers(x.text, y.text);
  return x.text < y.text ? -1 : x.text > y.text ? 1 : 0;
}

/** By value, whatever the number of digits. */
function compareNumbers(x: string, y: string): number {
  const a = x.replace(/^0+/, "");
  const b = y.replace(/^0+/, "");
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

function splitVersion(text: string): Part[] | undefined {
  const match = VERSION.exec(text);
  if (match === null) return undefined;
  const parts: Part[] = match[1]!.split(".").map((number) => ({ kind: Kind.number, text: number }));
  if (match[2] !== "") parts.push({ kind: Kind.letter, text: match[2]! });
  for (const suffix of match[3]!.split("_").slice(1)) {
    const word = suffix.replace(/\d+$/, "");
    parts.push({ kind: Kind.suffix, text: word });
    if (word !== suffix) parts.push({ kind: Kind.suffixNumber, text: suffix.slice(word.length) });
  }
  if (match[4] !== undefined) parts.push({ kind: Kind.hash, text: match[4] });
  if (match[5] !== undefined) parts.push({ kind: Kind.revision, text: match[5] });
  return parts;
}
