import { EntryKind } from "#lib/model/layer.ts";
import type { Finding } from "#lib/model/rebase-answer.ts";
import { findNamed, listNamedPaths, type NamedPath } from "./named-paths.ts";
import type { MovedTree, RebaseSides } from "./sides.ts";

/** Lists of directories of which any may be missing. What a library path has lost is the `programs` check's. */
const SEARCHED = /^Env (?:PATH|MANPATH|INFOPATH|XDG_\w+|PKG_CONFIG_PATH|LD_LIBRARY_PATH|CDPATH|LS_COLORS)$/;

/** Variables that name a runtime, and the files that only this runtime reads. */
const READERS: readonly (readonly [variable: RegExp, readers: RegExp])[] = [
  [
    /^(?:JAVA|JRE|JDK|CATALINA|MAVEN|GRADLE|CLASSPATH)/,
    /\.(?:jar|war|ear|class|jmod)$|(?:^|\/)(?:java|javac|mvn|gradle|catalina\.sh)$/,
  ],
  [/^(?:PYTHON|VIRTUAL_ENV|CONDA|PIP)/, /\.py$|(?:^|\/)python[\d.]*$/],
  [/^(?:GEM|BUNDLE|RUBY)/, /\.rb$|(?:^|\/)(?:ruby|bundle|gem)[\d.]*$/],
  [/^(?:NODE|NVM|NPM|YARN)(?!_EXTRA_CA)/, /\.[cm]?js$|(?:^|\/)(?:node|npm|yarn)$/],
  [/^(?:GO)(?:ROOT|PATH|BIN)/, /(?:^|\/)go$/],
  [/^PERL/, /\.p[lm]$|(?:^|\/)perl[\d.]*$/],
];

interface LostPaths {
  readonly findings: readonly Finding[];
  readonly before: readonly Finding[];
}

/** What the merged configuration names and the rebased image does not have, although the image or the new base has it. */
export function findLostPaths(sides: RebaseSides): LostPaths {
  const { after, before, configs } = sides;
  const missing = listNamedPaths(configs.after).filter((named) => findNamed(after, named, configs.after) === undefined);
  const wasThere = (named: NamedPath) =>
    findNamed(before, named, configs.image) !== undefined ||
    findNamed(sides.newBase, named, configs.newBase) !== undefined;
  const isStarted = ({ use }: NamedPath) => use === "command";
  return {
    findings: distinct(missing.filter(wasThere)).map((named) => toFinding(sides, named, weigh(sides, named))),
    before: distinct(missing.filter((named) => isStarted(named) && !wasThere(named))).map((named) =>
      toFinding(sides, named, "note"),
    ),
  };
}

function distinct(named: readonly NamedPath[]): NamedPath[] {
  return [...new Map(named.map((each) => [`${each.setting} ${each.word}`, each])).values()];
}

/** Whether something in the image may still use it. Engines make working directories and volumes that are missing. */
function weigh({ after }: RebaseSides, { setting, use }: NamedPath): Finding["weight"] {
  if (use === "directory" || SEARCHED.test(setting)) return "note";
  if (use !== "variable") return "blocks";
  const name = setting.slice("Env ".length);
  const readers = READERS.find(([variable]) => variable.test(name))?.[1];
  return readers === undefined || hasFile(after, readers) ? "blocks" : "note";
}

function hasFile({ names }: MovedTree, pattern: RegExp): boolean {
  return names.some(({ path, kind }) => kind !== EntryKind.directory && pattern.test(path));
}

function toFinding(sides: RebaseSides, named: NamedPath, weight: Finding["weight"]): Finding {
  const { setting, word, use } = named;
  const found = findNamed(sides.before, named, sides.configs.image);
  const path = found ?? word.replace(/^\/+/, "");
  const where =
    found === undefined ? "nowhere in the image" : `${found} in the image as it is, nothing after the rebase`;
  const effect =
    use === "command" ? "could not be started" : weight === "note" ? "is not needed there" : "would be missing";
  return {
    kind: "path-missing",
    weight,
    path,
    layer: undefined,
    evidence: `${setting} names ${word}: ${where}`,
    message: `${word}, which ${setting} names, ${effect}.`,
  };
}
