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
  const isOwn = (file: FileNode) => isUpper(sides, file);
  const judged = files.filter((file) => isOwn(file) || after.symbols.closureOf(file).some(isOwn));
  const findings: Finding[] = [];
  const unknown: FileNode[] = [];
  for (const file of judged) {
    const lost = listLost(isOwn(file) ? before : newBase, after, file);
    if (lost === undefined) unknown.push(file);
    else if (lost.length > 0) findings.push(toFinding(sides, file, lost));
  }
  if (unknown.length > 0) findings.push(toNote(sides, unknown));
  const own = files.filter(isOwn);
  return { findings, count: own.reduce((sum, file) => sum + after.symbols.importsOf(file).length, 0) };
}

/**
 * A symbol that nothing defined before either may come from the program that loads the file. One of a library that is missing as a whole
 * is no finding of its own. `undefined`: not all symbols are known.
 */
function listLost(was: LoadedSide, now: LoadedSide, file: FileNode): LostSymbol[] | undefined {
  const counterpart = was.tree.lookup(file.path);
  if (counterpart?.body === undefined) return [];
  if (!now.symbols.isKnown(file)) return undefined;
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
