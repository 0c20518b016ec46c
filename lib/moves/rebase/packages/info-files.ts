import { mergeLines } from "#lib/formats/three-way/index.ts";
import type { Finding } from "#lib/model/rebase-answer.ts";
import { type BothWritten, listBothWritten, textsOf, toMergedFile } from "../both-written.ts";
import { type InfoFile, parseInfoPath } from "../settled-paths.ts";
import type { MergedFile, RebaseSides } from "../sides.ts";
import type { Ecosystem, PackageRecord } from "./ecosystem.ts";
import type { MergedPackage } from "./merge-packages.ts";
import { toUnmergeable } from "./unmergeable.ts";

/** What dpkg keeps of a package beside its record. */
type DebPackages = readonly MergedPackage<PackageRecord & { readonly name: string }>[];

interface MergedInfo {
  readonly findings: readonly Finding[];
  readonly merged: readonly MergedFile[];
}

/** A package as the merge of the status database left it. */
interface Outcome {
  readonly key: string;
  /** Build of the package by side; "" for none. */
  readonly ours: string;
  readonly theirs: string;
  readonly merged: string;
}

/**
 * Makes dpkg's files of each package agree with the record that was kept. Where the new base's build counts, a layer that has control
 * files of the package has unpacked the old build again, and with it files that hide the new ones. A `.list` alone is rewritten, too,
 * when another package takes a file over.
 */
export function mergeInfoFiles(
  ecosystem: Pick<Ecosystem<PackageRecord & { readonly name: string }>, "buildOf">,
  sides: RebaseSides,
  packages: DebPackages,
): MergedInfo {
  const outcomes = new Outcomes(ecosystem, packages);
  const written = listBothWritten(sides, (path) => parseInfoPath(path) !== undefined);
  const found = written.map((each) => mergeInfoFile(sides, each, outcomes.of(parseInfoPath(each.path)!)));
  return {
    findings: found.flatMap(({ findings }) => findings),
    merged: [...found.flatMap(({ merged }) => merged), ...dropLeftovers(sides, outcomes)],
  };
}

class Outcomes {
  readonly #byKey: ReadonlyMap<string, Outcome>;

  constructor(
    { buildOf }: Pick<Ecosystem<PackageRecord & { readonly name: string }>, "buildOf">,
    packages: DebPackages,
  ) {
    const build = (record: (PackageRecord & { readonly name: string }) | undefined) =>
      record === undefined ? "" : buildOf(record);
    this.#byKey = new Map(
      packages.map(({ key, ours, theirs, merged }) => [
        key,
        { key, ours: build(ours), theirs: build(theirs), merged: build(merged) },
      ]),
    );
  }

  of({ name, arch }: InfoFile): Outcome | undefined {
    return this.#byKey.get(`${name}:${arch}`) ?? this.#byKey.get(name);
  }
}

function mergeInfoFile(sides: RebaseSides, written: BothWritten, outcome: Outcome | undefined): MergedInfo {
  const { kind } = parseInfoPath(written.path)!;
  // The record says that the image's build counts, and so do its files.
  if (outcome !== undefined && outcome.merged !== outcome.theirs) return { findings: [], merged: [] };
  const texts = textsOf(sides, written.path);
  if (texts === undefined) return { findings: [toUnmergeable(written, "too large to be read")], merged: [] };
  const isStale = outcome === undefined ? texts.ours !== texts.base : outcome.ours !== outcome.theirs;
  if (isStale && kind !== "list") return { findings: [toUnpackedAgain(written, outcome)], merged: [] };
  const text = kind === "list" ? mergeLines(texts) : texts.ours === texts.base ? texts.theirs : texts.ours;
  return { findings: [], merged: text === texts.ours ? [] : [toMergedFile(written, text)] };
}

/** `outcome`: absent if no record says which build it is. */
function toUnpackedAgain({ path, entries }: BothWritten, outcome: Outcome | undefined): Finding {
  const { layer } = entries.ours;
  const name = outcome?.key ?? parseInfoPath(path)!.name;
  const evidence = `${name} ${outcome?.ours || "–"} here, ${outcome?.theirs || "–"} in the new base`;
  const message = `Layer ${layer} unpacked ${name} again: its files would hide those of the new base's build.`;
  return { kind: "package-on-both-sides", weight: "blocks", path, layer, evidence, message };
}

/** Control files of the new base's build, where the image's build or its removal counts. */
function dropLeftovers(sides: RebaseSides, outcomes: Outcomes): MergedFile[] {
  const directory = sides.after.lookup("var/lib/dpkg/info");
  return [...(directory?.children.values() ?? [])]
    .filter(({ path }) => {
      const info = parseInfoPath(path);
      const outcome = info && outcomes.of(info);
      const isOurs = outcome !== undefined && outcome.merged === outcome.ours && outcome.ours !== outcome.theirs;
      return isOurs && sides.before.lookup(path) === undefined;
    })
    .map(({ path }) => ({ kind: "whiteout", path }));
}
