import { type BothWritten, listBothWritten } from "../both-written.ts";
import { databaseFormat } from "../settled-paths.ts";
import type { RebaseSides } from "../sides.ts";
import { APK, DPKG, type Ecosystem, type PackageRecord, withinBudget } from "./ecosystem.ts";
import { mergePackages } from "./merge-packages.ts";
import { isFile, nodeAt } from "./settle-package.ts";

/**
 * The files of packages that the image's layers have in a newer build than the new base, and whole: they hide those of the new base, as
 * an upgrade would replace them.
 */
export function listOwnBuildFiles(sides: RebaseSides): ReadonlySet<string> {
  const isList = (path: string) => ["status", "installed"].includes(databaseFormat(path) ?? "");
  const files = listBothWritten(sides, isList).flatMap((written) =>
    databaseFormat(written.path) === "status" ? listOwnFiles(DPKG, sides, written) : listOwnFiles(APK, sides, written),
  );
  return new Set(files);
}

function listOwnFiles<R extends PackageRecord>(
  ecosystem: Ecosystem<R>,
  sides: RebaseSides,
  written: BothWritten,
): string[] {
  const own = mergePackages(ecosystem, sides, written).packages.filter(
    ({ ours, theirs, merged }) =>
      ours !== undefined &&
      theirs !== undefined &&
      merged === ours &&
      ecosystem.buildOf(ours) !== ecosystem.buildOf(theirs),
  );
  const limited = withinBudget(ecosystem);
  return own
    .flatMap(({ ours }) => limited.listFiles(sides.before, ours!) ?? [])
    .map((path) => nodeAt(sides.before, path))
    .filter(isFile)
    .map(({ path }) => path);
}
