/** UTF-16 units of a version; real ones have fewer than 40. Longer texts are no versions. */
export const MAX_VERSION_LENGTH = 256;

/** A version as PEP 440 defines it. Numbers are digits without leading zeros: they may be larger than JavaScript's. */
export interface PythonVersion {
  readonly epoch: string;
  readonly release: readonly string[];
  /** `a`, `b` or `rc`, and its number. */
  readonly pre: readonly [letter: string, number: string] | undefined;
  readonly post: string | undefined;
  readonly dev: string | undefined;
  /** Lower-case parts; `undefined` if there is no `+`. */
  readonly local: readonly string[] | undefined;
}

// PEP 440, appendix B, split where it may be: spelling variants are read, not kept.
const PRE = String.raw`(?:[-_.]?(?<letter>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?<pre>\d*))?`;
const POST = String.raw`(?:-(?<bare>\d+)|(?<hasPost>[-_.]?(?:post|rev|r)[-_.]?(?<post>\d*)))?`;
const DEV = String.raw`(?<hasDev>[-_.]?dev[-_.]?(?<dev>\d*))?`;
const LOCAL = String.raw`(?:\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?`;
const VERSION = new RegExp(
  String.raw`^v?(?:(?<epoch>\d+)!)?(?<release>\d+(?:\.\d+)*)${PRE}${POST}${DEV}${LOCAL}$`,
  "i",
);

const LETTERS: Readonly<Record<string, string>> = { alpha: "a", beta: "b", c: "rc", pre: "rc", preview: "rc" };

/** Reads a version in any spelling that PEP 440 takes; `undefined` for other texts. */
export function parsePythonVersion(text: string): PythonVersion | undefined {
  const groups = text.length > MAX_VERSION_LENGTH ? undefined : VERSION.exec(text.trim())?.groups;
  if (groups === undefined) return undefined;
  const { epoch, release = "", letter, pre, bare, hasPost, post, hasDev, dev, local } = groups;
  const key = letter?.toLowerCase();
  return {
    epoch: toDigits(epoch),
    release: release.split(".").map(toDigits),
    pre: key === undefined ? undefined : [LETTERS[key] ?? key, toDigits(pre)],
    post: bare === undefined && hasPost === undefined ? undefined : toDigits(bare ?? post),
    dev: hasDev === undefined ? undefined : toDigits(dev),
    local: local?.toLowerCase().split(/[-_.]/).map(toPart),
  };
}

/** Negative, 0 or positive, as PEP 440 orders versions: `1.dev0 < 1a1.dev0 < 1a1 < 1 < 1+local < 1.post0`. */
export function comparePythonVersions(a: PythonVersion, b: PythonVersion): number {
  return (
    compareDigits(a.epoch, b.epoch) ||
    compareLists(trimRelease(a.release), trimRelease(b.release), compareDigits) ||
    comparePre(a, b) ||
    compareOptional(a.post, b.post, -1) ||
    compareOptional(a.dev, b.dev, 1) ||
    compareLocal(a.local, b.local)
  );
}

/** Without pre-, post-, development and local parts. */
export function toBaseVersion({ epoch, release }: PythonVersion): PythonVersion {
  return { epoch, release, pre: undefined, post: undefined, dev: undefined, local: undefined };
}

/** The canonical spelling. */
export function formatPythonVersion({ epoch, release, pre, post, dev, local }: PythonVersion): string {
  const parts = [epoch === "0" ? "" : `${epoch}!`, release.join("."), pre?.join("") ?? ""];
  if (post !== undefined) parts.push(`.post${post}`);
  if (dev !== undefined) parts.push(`.dev${dev}`);
  if (local !== undefined) parts.push(`+${local.join(".")}`);
  return parts.join("");
}

function toDigits(text = "0"): string {
  return text.replace(/^0+/, "") || "0";
}

function toPart(text: string): string {
  return /^\d+$/.test(text) ? toDigits(text) : text;
}

function compareDigits(a: string, b: string): number {
  return a.length - b.length || compareText(a, b);
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function compareLists(a: readonly string[], b: readonly string[], compare: (a: string, b: string) => number): number {
  const count = Math.min(a.length, b.length);
  for (let i = 0; i < count; i++) {
    const order = compare(a[i]!, b[i]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function trimRelease(release: readonly string[]): readonly string[] {
  let count = release.length;
  while (count > 0 && release[count - 1] === "0") count -= 1;
  return release.slice(0, count);
}

/** A development release without a pre-release comes before every pre-release, any other version after all of them. */
function comparePre(a: PythonVersion, b: PythonVersion): number {
  const rank = preRank(a) - preRank(b);
  if (rank !== 0 || a.pre === undefined || b.pre === undefined) return rank;
  return compareText(a.pre[0], b.pre[0]) || compareDigits(a.pre[1], b.pre[1]);
}

function preRank({ pre, post, dev }: PythonVersion): number {
  if (pre !== undefined) return 0;
  return post === undefined && dev !== undefined ? -1 : 1;
}

/** `missing`: the order of a version without the part: -1 before, 1 after those with it. */
function compareOptional(a: string | undefined, b: string | undefined, missing: -1 | 1): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? missing : -missing;
  return compareDigits(a, b);
}

function compareLocal(a: readonly string[] | undefined, b: readonly string[] | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  return compareLists(a, b, compareLocalParts);
}

/** Numbers are later than words. */
function compareLocalParts(a: string, b: string): number {
  const [isNumber, isOther] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (isNumber !== isOther) return isNumber ? 1 : -1;
  return isNumber ? compareDigits(a, b) : compareText(a, b);
}
