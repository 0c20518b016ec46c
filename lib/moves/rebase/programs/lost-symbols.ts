import type { FileNode } from "#lib/model/file-tree.ts";
import type { Finding } from "#lib/model/rebase-answer.ts";
import { counted } from "../counted.ts";
import { isUpper, toImageLayer } from "../image-layer.ts";
import type { MovedTree, RebaseSides } from "../sides.ts";
import { LoadedSymbols } from "./loaded-symbols.ts";
import { describeMinimum, sonameOf } from "./minimum-versions.ts";

export interface LostSymbols {
  readonly findings: readonly Finding[];
  /** How many symbols the image's own layers need of others. */
  readonly count: number;
}

/** A symbol that something defined, and nothing does in the rebased image. */
interface LostSymbol {
  readonly name: string;
  /** What defined it. */
  readonly definer: FileNode;
}

/** An image, and what is loaded in it. */
interface LoadedSide {
  readonly tree: MovedTree;
  readonly symbols: LoadedSymbols;
}

/**
 * Symbols that libraries of the old base define and those of the new base do not, though their sonames and versions of symbols are the
 * same: an older release, or one that broke its promise. Of the new base's files, those count that load a library of the image.
 */
export function findLostSymbols(sides: RebaseSides): LostSymbols {
  const [before, newBase, after] = [sides.before, sides.newBase, sides.after].map(
    (tree): LoadedSide => ({ tree, symbols: new LoadedSymbols(tree) }),
  ) as [LoadedSide, LoadedSide, LoadedSide];
  const files = sides.after.names.filter((node) => node.body !== undefined && after.tree.symbolsOf(node) !== undefined);
  const findings = files.flatMap((file) => {
    const isOwn = isUpper(sides, file);
    if (!isOwn && !after.symbols.closureOf(file).some((each) => isUpper(sides, each))) return [];
    const lost = listLost(isOwn ? before : newBase, after, file);
    return lost.length === 0 ? [] : [toFinding(sides, file, lost)];
  });
  const own = files.filter((file) => isUpper(sides, file));
  const unknown = own.filter((file) => !after.symbols.isKnown(file));
  if (unknown.length > 0) findings.push(toNote(sides, unknown));
  return { findings, count: own.reduce((sum, file) => sum + after.symbols.importsOf(file).length, 0) };
}

/**
 * A symbol that nothing defined before either may come from the program that loads the file. One of a library that is missing as a whole
 * is no finding of its own.
 */
function listLost(was: LoadedSide, now: LoadedSide, file: FileNode): LostSymbol[] {
  const counterpart = was.tree.lookup(file.path);
  if (counterpart?.body === undefined || !now.symbols.isKnown(file)) return [];
  const sonames = new Set(now.symbols.closureOf(file).map((each) => sonameOf(now.tree, each)));
  return now.symbols.importsOf(file).flatMap((name) => {
    if (now.symbols.definerOf(file, name) !== undefined) return [];
    const definer = was.symbols.definerOf(counterpart, name);
    return definer === undefined || !sonames.has(sonameOf(was.tree, definer)) ? [] : [{ name, definer }];
  });
}

/** Those of very large images are not kept. */
function toNote(sides: RebaseSides, files: readonly FileNode[]): Finding {
  const [file] = files as [FileNode];
  return {
    kind: "library-too-old",
    weight: "note",
    path: file.path,
    layer: toImageLayer(sides, file),
    evidence: `symbols of ${counted(files.length, "program or library", "programs and libraries")} not known`,
    message: "Libraries and versions of symbols were compared, and single symbols were not.",
  };
}

function toFinding(sides: RebaseSides, file: FileNode, lost: readonly LostSymbol[]): Finding {
  const [{ name, definer }] = lost as [LostSymbol];
  const more = lost.length === 1 ? "" : `; ${counted(lost.length - 1, "more symbol")}`;
  const versions = describeMinimum(sides, name, definer);
  return {
    kind: "library-too-old",
    weight: "blocks",
    path: file.path,
    layer: toImageLayer(sides, file),
    evidence: `needs ${name} of ${definer.path}${versions}: not defined there${more}`,
    message: `${file.path} would stop where it calls ${name}, which ${definer.name} does not define in the rebased image.`,
  };
}
