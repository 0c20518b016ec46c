import type { DebRecord } from "#lib/formats/dpkg/index.ts";
import { isDistribution } from "#lib/model/component.ts";
import type { Finding } from "#lib/model/rebase-answer.ts";
import { type BothWritten, listBothWritten, textAt, toMergedFile } from "./both-written.ts";
import { counted } from "./counted.ts";
import { APK, DPKG, type Ecosystem, type PackageRecord } from "./packages/ecosystem.ts";
import { findFileConflicts } from "./packages/file-conflicts.ts";
import { mergeInfoFiles } from "./packages/info-files.ts";
import { type MergedPackage, mergePackages } from "./packages/merge-packages.ts";
import { mergeDatabase } from "./packages/other-databases.ts";
import { listRefusals, type Refusal } from "./packages/refusals.ts";
import { toUnmergeable } from "./packages/unmergeable.ts";
import { findUnmet } from "./packages/unmet.ts";
import { databaseFormat, isBackup, parseInfoPath, settlingCheck } from "./settled-paths.ts";
import type { CheckResult, MergedFile, RebaseCheck, RebaseSides } from "./sides.ts";

type Part = Pick<CheckResult, "findings" | "merged">;

const NOTHING: Part = { findings: [], merged: [] };

/**
 * The databases of package managers that the image's layers carry whole are merged with the new base's, so that each package is reported
 * as it is on the disk; and what packages declare to need is still there.
 */
export const checkPackages: RebaseCheck = (sides) => {
  const written = listBothWritten(sides, (path) => settlingCheck(path) === "packages");
  const databases = written.filter(({ path }) => parseInfoPath(path) === undefined);
  const status = databases.find(({ path }) => databaseFormat(path) === "status");
  const dpkg = status === undefined ? { ...NOTHING, packages: [] } : mergeList(DPKG, sides, status);
  // Backups last: they matter least.
  const others = databases
    .filter((each) => each !== status)
    .sort((a, b) => Number(isBackup(a.path)) - Number(isBackup(b.path)));
  const parts = [dpkg, mergeInfoFiles(DPKG, sides, dpkg.packages), ...others.map((each) => mergeOther(sides, each))];
  const findings = listOncePerDirectory(parts.flatMap((part) => part.findings));
  const merged = parts.flatMap((part) => part.merged);
  const unmet = findUnmet(sides, merged);
  const refused = findRefused(sides, merged);
  return {
    scope: describeScope(sides, written),
    findings: [...findings, ...unmet.findings, ...refused],
    before: unmet.before,
    merged,
  };
};

function mergeOther(sides: RebaseSides, written: BothWritten): Part {
  return databaseFormat(written.path) === "installed" ? mergeList(APK, sides, written) : mergeDatabase(sides, written);
}

function mergeList<R extends PackageRecord>(
  ecosystem: Ecosystem<R>,
  sides: RebaseSides,
  written: BothWritten,
): Part & { readonly packages: readonly MergedPackage<R>[] } {
  const elsewhere = otherPlace(sides, written);
  if (elsewhere !== undefined) {
    const evidence = `the new base's is ${elsewhere}`;
    return { findings: [toUnmergeable(written, evidence)], merged: [], packages: [] };
  }
  const { findings, text, packages } = mergePackages(ecosystem, sides, written);
  const conflicts = findFileConflicts(ecosystem, sides, packages, written.entries.ours.layer);
  const merged: MergedFile[] = text === undefined ? [] : [toMergedFile(written, text)];
  return { findings: [...findings, ...conflicts], merged, packages };
}

/** apk-tools 3 moved the database below /usr. */
function otherPlace({ newBase }: RebaseSides, { path, entries }: BothWritten): string | undefined {
  const other = path.startsWith("usr/") ? path.slice("usr/".length) : `usr/${path}`;
  return entries.theirs === undefined && newBase.lookup(other) !== undefined ? other : undefined;
}

/** A database of several files is one finding. */
function listOncePerDirectory(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ kind, path }) => {
    const key = path.slice(0, path.lastIndexOf("/"));
    return kind !== "database-unmergeable" || seen.size !== seen.add(key).size;
  });
}

/** Packages that refuse each other in the rebased image, and that neither did on the old base nor do in the new one. */
function findRefused(sides: RebaseSides, merged: readonly MergedFile[]): Finding[] {
  const status = "var/lib/dpkg/status";
  const body = merged.find(({ path }) => path === status);
  if (body?.kind !== "file") return [];
  const list = (text: string) => listRefusals(installed(text));
  const known = new Set([sides.before, sides.newBase].flatMap((tree) => list(textAt(tree, status) ?? "").map(keyOf)));
  const found = list(Buffer.from(body.body).toString("latin1")).filter((each) => !known.has(keyOf(each)));
  return found.map(({ name, version, declaration, met }) => ({
    kind: "dependency-unmet",
    weight: "blocks",
    path: status,
    layer: sides.before.entryOf(sides.before.lookup(status)!)?.layer,
    evidence: `${declaration}; ${met}`,
    message: `${name} ${version} cannot be installed together with ${met}.`,
  }));
}

function installed(text: string): DebRecord[] {
  const records = DPKG.split({ base: "", ours: text, theirs: "" })?.ours ?? [];
  return records.filter((record) => DPKG.buildOf(record) !== "");
}

function keyOf({ name, declaration, met }: Refusal): string {
  return `${name} ${declaration} ${met.split(" ")[0]}`;
}

function describeScope({ after }: RebaseSides, written: readonly BothWritten[]): string {
  const count = after.found.components.filter(({ kind }) => isDistribution(kind)).length;
  return `${counted(count, "package")}; ${counted(written.length, "database file")} written on both sides`;
}
