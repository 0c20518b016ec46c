/** UTF-16 units of a version; longer ones are none. */
export const MAX_GEM_VERSION_LENGTH = 128;

/** `Gem::Version`: numbers and words between dots, then perhaps a hyphen, which RubyGems reads as `.pre.`. */
const VERSION = /^[0-9]+(?:\.[0-9a-zA-Z]+)*(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;
const NUMBER = /^\d/;

/** A version in the parts that comparisons need, so that each text is taken apart once. */
export interface GemVersion {
  readonly text: string;
  /** With a letter: before its release, and taken only if nothing else will do. */
  readonly isPrerelease: boolean;
  /** Numbers without leading zeros, and words. */
  readonly segments: readonly string[];
  /** The numbers before the first word: 1.2.rc1 → 1.2. */
  readonly release: readonly string[];
}

export function isGemVersion(text: string): boolean {
  return text.length <= MAX_GEM_VERSION_LENGTH && VERSION.test(text);
}

/** Of a text that is a version. */
export function toGemVersion(text: string): GemVersion {
  const spelt = text.replaceAll("-", ".pre.");
  const segments = split(spelt);
  const word = segments.findIndex((segment) => !NUMBER.test(segment));
  const isPrerelease = word >= 0;
  const release = trim(isPrerelease ? segments.slice(0, word) : segments);
  return { text, isPrerelease, segments: isPrerelease ? canonicalSegments(spelt) : release, release };
}

/**
 * Orders two versions as `Gem::Version#<=>` does: negative, 0 or positive. Numbers are compared by value, whatever their length,
 * words in ASCII order; a word comes before a number and before the end, so that 1.0.rc1 < 1.0 = 1 < 1.0.1.
 */
export function compareGemVersions(left: GemVersion, right: GemVersion): number {
  return compareSegments(left.segments, right.segments);
}

/** `~> 1.2.3`: at least 1.2.3, and its release below 1.3. */
export function isPessimistic(version: GemVersion, bound: GemVersion, next: readonly string[]): boolean {
  return compareGemVersions(version, bound) >= 0 && compareSegments(version.release, next) < 0;
}

/** 1.2.3 → 1.3; 1 → 2; a prerelease as its release (`Gem::Version#bump`). */
export function bump(text: string): readonly string[] {
  const segments = split(text.replaceAll("-", ".pre."));
  const word = segments.findIndex((segment) => !NUMBER.test(segment));
  if (word >= 0) segments.length = word;
  if (segments.length > 1) segments.pop();
  const last = segments.pop() ?? "0";
  return [...segments, `${BigInt(last) + 1n}`];
}

function compareSegments(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    // Missing numbers count as 0: 1 = 1.0.
    const difference = compareSegment(a[i] ?? "0", b[i] ?? "0");
    if (difference !== 0) return difference;
  }
  return 0;
}

function compareSegment(a: string, b: string): number {
  if (a === b) return 0;
  const isNumber = NUMBER.test(a);
  if (isNumber !== NUMBER.test(b)) return isNumber ? 1 : -1;
  // Numbers have no leading zeros: the longer one is the greater.
  return (isNumber ? a.length - b.length : 0) || (a < b ? -1 : 1);
}

/** Without the zeros before a prerelease's first word and at the end: 1.0.0.a = 1.a. */
function canonicalSegments(spelt: string): string[] {
  const text = spelt.replace(/(?<=[a-zA-Z.])[.0]+$/, "");
  return split(text.replace(/(?<=\.|^)[0.]+(?=[a-zA-Z])/, ""));
}

function trim(segments: readonly string[]): readonly string[] {
  const last = segments.findLastIndex((segment) => segment !== "0");
  return segments.slice(0, Math.max(last, 0) + 1);
}

function split(text: string): string[] {
  return Array.from(text.matchAll(/\d+|[a-z]+/gi), ([segment]) => segment.replace(/^0+(?=\d)/, ""));
}
