import {
  compareGemVersions,
  type GemDependency,
  type GemVersion,
  type LockedGem,
  toGemTest,
  toGemVersion,
} from "#lib/formats/gem/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import type { Discovery } from "./discovery.ts";

/** A directory with gems: `gem env home`, or one of `gem env path`. */
export interface GemHome {
  readonly directory: FileNode;
  /** The version of Ruby's interface that it is for (`3.3.0`), "" for all. */
  readonly abi: string;
  /** Bundler's directory for one application, or one user's: no other gems see it. */
  readonly isPrivate: boolean;
}

/** An installed gem: a component of its own, or the distribution package that ships it. */
export interface InstalledGem {
  readonly name: string;
  readonly version: GemVersion;
  readonly platform: string;
  readonly home: GemHome;
  readonly index: number;
}

type GemTest = (gem: InstalledGem) => boolean;

const ABI = /^\d+\.\d+(?:\.\d+)?[+\w]*$/;
const RUBYS_OWN_HOME = /^(?:(.*)\/)?lib\/ruby\/gems\/[^/]+$/;
/** Bundler puts gems into PATH/ruby/ABI, and RubyGems a user's into ~/.gem/ruby/ABI or ~/.local/share/gem/ruby/ABI. */
const PRIVATE_PARENT = "ruby";

export function toGemHome(directory: FileNode): GemHome {
  const abi = ABI.test(directory.name) ? directory.name : "";
  return { directory, abi, isPrivate: abi !== "" && directory.parent?.name === PRIVATE_PARENT };
}

/** The prefix of the Ruby whose own home it is; `undefined` for other homes. */
export function prefixOfHome({ directory }: GemHome): string | undefined {
  return RUBYS_OWN_HOME.exec(directory.path)?.[1];
}

/** All gems by name, best first: the highest version, and of equal ones the one built for a platform, as RubyGems sorts them. */
export class InstalledGems {
  readonly #discovery: Discovery;
  readonly #gems: ReadonlyMap<string, readonly InstalledGem[]>;

  constructor(discovery: Discovery, gems: readonly InstalledGem[]) {
    this.#discovery = discovery;
    this.#gems = Map.groupBy(gems.toSorted(compareGems), ({ name }) => name);
  }

  get isEmpty(): boolean {
    return this.#gems.size === 0;
  }

  /**
   * The gem that RubyGems activates for a dependency of a gem in this home (`Gem::Dependency#to_spec`): the highest version that
   * satisfies it, a prerelease only if nothing else does or if one is asked for. The gems of a private home come before the shared
   * ones of its Ruby.
   */
  resolve(home: GemHome, { name, requirements }: GemDependency): InstalledGem | undefined {
    const gems = this.#gems.get(name) ?? [];
    const tests = requirements.map(toGemTest);
    const isAnyGood = requirements.some(({ version }) => toGemVersion(version).isPrerelease);
    const own = home.isPrivate
      ? this.#pick(gems, isAnyGood, [(gem) => gem.home === home, ...tests.map(ofVersion)])
      : undefined;
    return own ?? this.#pick(gems, isAnyGood, [(gem) => sees(home, gem.home), ...tests.map(ofVersion)]);
  }

  /** The first gem that passes all tests, of the releases if there is one: the best, since the best come first. */
  #pick(gems: readonly InstalledGem[], isAnyGood: boolean, tests: readonly GemTest[]): InstalledGem | undefined {
    let fallback: InstalledGem | undefined;
    for (const gem of gems) {
      if (!this.#discovery.spendCandidate()) return fallback;
      if (!tests.every((test) => this.#discovery.spendCandidate() && test(gem))) continue;
      if (isAnyGood || !gem.version.isPrerelease) return gem;
      fallback ??= gem;
    }
    return fallback;
  }

  /** The gem that a project asks for, of this version if it says so: the one below its own directory, else any that is not private. */
  find(project: FileNode, { name, version }: LockedGem): InstalledGem | undefined {
    const wanted = version === "" ? undefined : toGemVersion(version);
    const found = (this.#gems.get(name) ?? []).filter((gem) => {
      return (
        this.#discovery.spendCandidate() && (wanted === undefined || compareGemVersions(gem.version, wanted) === 0)
      );
    });
    const own = found.find((gem) => isInside(gem.home.directory, project));
    return own ?? found.find((gem) => !gem.home.isPrivate) ?? found[0];
  }
}

function ofVersion(test: (version: GemVersion) => boolean): GemTest {
  return ({ version }) => test(version);
}

function sees(home: GemHome, other: GemHome): boolean {
  if (home === other) return true;
  return !other.isPrivate && (home.abi === "" || other.abi === "" || home.abi === other.abi);
}

/** Equal gems in several homes: the first in path order, since the order in which directories were listed is arbitrary. */
export function compareGems(a: InstalledGem, b: InstalledGem): number {
  const byVersion = compareGemVersions(b.version, a.version);
  const byPlatform = Number(a.platform === "") - Number(b.platform === "");
  return byVersion || byPlatform || (a.home.directory.path < b.home.directory.path ? -1 : 1);
}

function isInside(directory: FileNode, outer: FileNode): boolean {
  let node: FileNode | undefined = directory;
  while (node !== undefined && node !== outer) node = node.parent;
  return node === outer;
}
