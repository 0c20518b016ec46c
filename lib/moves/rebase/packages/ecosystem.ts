import { type ApkRecord, compareApkVersions, parseInstalled, splitInstalled } from "#lib/formats/apk/index.ts";
import {
  compareDebRecords,
  compareDebVersions,
  type DebRecord,
  parseFileList,
  splitStatusSides,
} from "#lib/formats/dpkg/index.ts";
import {
  type Conflict,
  mergeFields,
  sortLike,
  type TextRecord,
  type ThreeSides,
} from "#lib/formats/three-way/index.ts";
import { displayPath } from "#lib/model/layer.ts";
import { textAt } from "../both-written.ts";
import type { MovedTree } from "../sides.ts";

/** A package's record in a database that is one text. */
export interface PackageRecord extends TextRecord {
  readonly version: string;
}

/** What a merge of packages has to know about a package manager. */
export interface Ecosystem<R extends PackageRecord> {
  /** `undefined` if a text is no such database. */
  split(texts: ThreeSides<string>): ThreeSides<readonly R[]> | undefined;
  /** In the order in which the package manager writes them. */
  order(records: readonly R[], sides: ThreeSides<readonly R[]>): readonly R[];
  /** Equal builds have equal files; "" for a record of a package without files. */
  buildOf(record: R): string;
  compareVersions(left: string, right: string): number;
  /** The paths of the package in a tree that has it; `undefined` if the tree does not say. */
  listFiles(tree: MovedTree, record: R): readonly string[] | undefined;
  /** A record whose state both sides changed, such as a package on hold: by field; `undefined` if that cannot be told apart. */
  mergeStates(conflict: Conflict<R>, preferred: "ours" | "theirs"): R | undefined;
}

/**
 * Paths of packages that are compared with the trees in one merge: some twenty times as many as a desktop has. A hostile database has one
 * long list for each of its packages.
 */
export const MAX_COMPARED_PATHS = 5_000_000;

/** The ecosystem, which does not know the files of further packages once it has listed too many. */
export function withinBudget<R extends PackageRecord>(
  ecosystem: Ecosystem<R>,
  limit = MAX_COMPARED_PATHS,
): Ecosystem<R> {
  let left = limit;
  return {
    ...ecosystem,
    listFiles: (tree, record) => {
      const files = left < 0 ? undefined : ecosystem.listFiles(tree, record);
      left -= files?.length ?? 0;
      return left < 0 ? undefined : files;
    },
  };
}

/** What remains of a package in these states is configuration at most (dpkg(1), "Package states"). */
const WITHOUT_FILES = new Set(["not-installed", "config-files", "half-installed"]);

export const DPKG: Ecosystem<DebRecord> = {
  split: splitStatusSides,
  order: (records) => records.toSorted(compareDebRecords),
  buildOf: ({ version, arch, state }) => (WITHOUT_FILES.has(state) ? "" : `${version} ${arch}`),
  compareVersions: compareDebVersions,
  listFiles: (tree, { name, arch }) => listDebFiles(tree, name, arch),
  mergeStates: ({ base, ours, theirs }, preferred) => {
    if (ours === undefined || theirs === undefined) return undefined;
    const texts = { base: base?.text ?? "", ours: ours.text, theirs: theirs.text };
    const text = mergeFields(texts, (field) => field[preferred] ?? null);
    return text === undefined ? undefined : { ...(preferred === "ours" ? ours : theirs), text };
  },
};

/** dpkg's list of the package's paths; `undefined` if there is none. */
function listDebFiles(tree: MovedTree, name: string, arch: string): readonly string[] | undefined {
  const path = [`${name}:${arch}`, name]
    .map((stem) => `var/lib/dpkg/info/${stem}.list`)
    .find((each) => tree.lookup(each) !== undefined);
  const text = path === undefined ? undefined : textAt(tree, path);
  return text === undefined ? undefined : parseFileList(asShown(text)).value;
}

/** As paths of a tree are spelled. */
function asShown(text: string): string {
  return displayPath(Buffer.from(text, "latin1"));
}

export const APK: Ecosystem<ApkRecord> = {
  split: ({ base, ours, theirs }) => {
    const sides = { base: splitInstalled(base), ours: splitInstalled(ours), theirs: splitInstalled(theirs) };
    if (sides.base === undefined || sides.ours === undefined || sides.theirs === undefined) return undefined;
    return { base: sides.base, ours: sides.ours, theirs: sides.theirs };
  },
  order: (records, sides) => sortLike(records, sides, (a, b) => (a.key < b.key ? -1 : Number(a.key > b.key))),
  buildOf: ({ version, checksum }) => `${version} ${checksum}`,
  compareVersions: compareApkVersions,
  listFiles: (_, { text }) => parseInstalled(asShown(text)).value[0]?.files,
  mergeStates: () => undefined,
};
