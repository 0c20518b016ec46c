import { type Conflict, joinParagraphs, mergeRecords, type ThreeSides } from "#lib/formats/three-way/index.ts";
import type { Finding } from "#lib/model/rebase-answer.ts";
import { type BothWritten, textsOf } from "../both-written.ts";
import type { RebaseSides } from "../sides.ts";
import { type Ecosystem, type PackageRecord, withinBudget } from "./ecosystem.ts";
import { settlePackage } from "./settle-package.ts";
import { toUnmergeable } from "./unmergeable.ts";

/** The state of one package on every side, and after the merge. */
export interface MergedPackage<R extends PackageRecord> extends Conflict<R> {
  readonly merged: R | undefined;
}

/** A package database, merged. */
export interface MergedPackages<R extends PackageRecord> {
  readonly findings: readonly Finding[];
  /** `undefined`: nothing could be merged. */
  readonly text: string | undefined;
  readonly packages: readonly MergedPackage<R>[];
}

/**
 * Merges a package database that the image's layers carry whole and that the new base changed: what the new base updated is reported at
 * its new version, and what the layers installed stays.
 */
export function mergePackages<R extends PackageRecord>(
  ecosystem: Ecosystem<R>,
  sides: RebaseSides,
  written: BothWritten,
): MergedPackages<R> {
  const texts = textsOf(sides, written.path);
  const records = texts === undefined ? undefined : ecosystem.split(texts);
  if (records === undefined) {
    const evidence = texts === undefined ? "too large to be read" : "no package database";
    return { findings: [toUnmergeable(written, evidence)], text: undefined, packages: [] };
  }
  const limited = withinBudget(ecosystem);
  const { records: kept, conflicts } = mergeRecords(records, (conflict) => settlePackage(limited, sides, conflict));
  const packages = listPackages(records, kept);
  const unsettled = new Set(conflicts.map(({ key }) => key));
  const findings = [
    ...conflicts.map((conflict) => toMix(written, conflict)),
    ...packages.filter(({ key }) => !unsettled.has(key)).flatMap((each) => toFindings(ecosystem, written, each)),
  ];
  const ordered = ecosystem.order(kept, records).map(({ text }) => text);
  return { findings, text: conflicts.length > 0 ? undefined : joinParagraphs(ordered), packages };
}

function listPackages<R extends PackageRecord>(sides: ThreeSides<readonly R[]>, kept: readonly R[]) {
  const byKey = (records: readonly R[]) => new Map(records.map((record) => [record.key, record]));
  const [base, ours, theirs, merged] = [sides.base, sides.ours, sides.theirs, kept].map(byKey);
  const keys = new Set([...base!.keys(), ...ours!.keys(), ...theirs!.keys()]);
  return Array.from(keys, (key): MergedPackage<R> => {
    return { key, base: base!.get(key), ours: ours!.get(key), theirs: theirs!.get(key), merged: merged!.get(key) };
  });
}

function toFindings<R extends PackageRecord>(
  ecosystem: Ecosystem<R>,
  written: BothWritten,
  { key, base, ours, theirs, merged }: MergedPackage<R>,
): Finding[] {
  const build = (record: R | undefined) => (record === undefined ? "" : ecosystem.buildOf(record));
  if (build(merged) !== build(ours)) return [toMasked(written, key, ours, merged)];
  const isOverridden = build(theirs) !== build(base) && build(theirs) !== build(merged);
  return isOverridden ? [toOverride(written, { key, base, ours, theirs })] : [];
}

function toMasked(
  { path, entries }: BothWritten,
  key: string,
  ours: PackageRecord | undefined,
  merged: PackageRecord | undefined,
): Finding {
  const { layer } = entries.ours;
  const now = ours === undefined ? `no ${key}` : `${key} ${ours.version}`;
  const onDisk = merged === undefined ? "the new base has none" : `the new base has ${merged.version}`;
  const evidence = `${key} ${ours?.version ?? "–"} → ${merged?.version ?? "–"}`;
  const message = `The database in layer ${layer} would report ${now}, but ${onDisk}.`;
  return { kind: "database-masked", weight: "merges", path, layer, evidence, message };
}

function toEvidence<R extends PackageRecord>({ key, base, ours, theirs }: Conflict<R>): string {
  const version = (record: R | undefined) => record?.version ?? "–";
  return `${key} ${version(base)}: ${version(ours)} here, ${version(theirs)} in the new base`;
}

function toMix<R extends PackageRecord>({ path, entries }: BothWritten, conflict: Conflict<R>): Finding {
  const message = `The image's layers and the new base both changed ${conflict.key}: its files would be a mix of two builds.`;
  return {
    kind: "package-on-both-sides",
    weight: "blocks",
    path,
    layer: entries.ours.layer,
    evidence: toEvidence(conflict),
    message,
  };
}

function toOverride<R extends PackageRecord>({ path, entries }: BothWritten, conflict: Conflict<R>): Finding {
  const { key, ours } = conflict;
  const message =
    ours === undefined
      ? `The image's layers remove ${key}, and all that the new base has of it.`
      : `The image's ${key} ${ours.version} stays: it is newer, and hides all files of the new base's.`;
  return {
    kind: "package-on-both-sides",
    weight: "merges",
    path,
    layer: entries.ours.layer,
    evidence: toEvidence(conflict),
    message,
  };
}
