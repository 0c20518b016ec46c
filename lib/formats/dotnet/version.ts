const VERSION = /^(\d{1,9})\.(\d{1,9})(?:\.(\d{1,9}))?(?:\.\d+)?(?:-([^+]*))?/;

/** The order of .NET's versions: numbers, then a prerelease before its release. What is no version comes first. */
export function compareDotnetVersions(a: string, b: string): number {
  const [one, other] = [toParts(a), toParts(b)];
  for (let i = 0; i < 3; i++) if (one.numbers[i] !== other.numbers[i]) return one.numbers[i]! - other.numbers[i]!;
  if (one.prerelease === other.prerelease) return 0;
  if (one.prerelease === "" || other.prerelease === "") return one.prerelease === "" ? 1 : -1;
  return one.prerelease < other.prerelease ? -1 : 1;
}

/**
 * The version that .NET's host chooses by default ("minor"): of the same major version and not older, the lowest minor version, and of
 * that the highest patch.
 */
export function rollForward(wanted: string, installed: readonly string[]): string | undefined {
  const { numbers } = toParts(wanted);
  const fitting = installed.filter(
    (each) => toParts(each).numbers[0] === numbers[0] && compareDotnetVersions(each, wanted) >= 0,
  );
  const minor = Math.min(...fitting.map((each) => toParts(each).numbers[1]!));
  return fitting
    .filter((each) => toParts(each).numbers[1] === minor)
    .toSorted(compareDotnetVersions)
    .at(-1);
}

function toParts(version: string): { numbers: readonly number[]; prerelease: string } {
  const [, major = "-1", minor = "-1", patch = "0", prerelease = ""] = VERSION.exec(version) ?? [];
  return { numbers: [Number(major), Number(minor), Number(patch)], prerelease };
}
