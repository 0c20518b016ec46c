import {
  type Alternative,
  type Clause,
  type DebPackage,
  type MultiArch,
  satisfiesVersion,
} from "#lib/formats/dpkg/index.ts";
import type { Discovery } from "./discovery.ts";

/** An installed Debian package and its position among the components. */
export interface InstalledDeb {
  readonly package: DebPackage;
  readonly index: number;
  /** The file with its record. */
  readonly database: string;
  /** The name of its record in `status.d`, beside which its list is `NAME.md5sums`; else "". */
  readonly member: string;
}

/** A candidate for a name: the package of that name, or one that provides it. */
interface Candidate {
  readonly name: string;
  readonly deb: InstalledDeb;
  /** `undefined`: provided without a version, which satisfies no versioned dependency (Debian Policy 7.5). */
  readonly version: string | undefined;
  readonly arch: string;
}

/**
 * Adds edges for `Pre-Depends` and `Depends`: from a package to every installed one that satisfies any alternative of a clause,
 * because apt keeps all of those (its autoremover follows each alternative and each provider). So a package that is one of two
 * ways to satisfy a clause is shown as needed, as apt would treat it. A clause without an installed candidate is a problem.
 */
export function addDebEdges(discovery: Discovery, debs: readonly InstalledDeb[]): void {
  const resolver = new DebResolver(discovery, debs);
  for (const deb of debs) {
    for (const { field, clause } of deb.package.dependencies) {
      const detail = `${field}: ${clause.text}`;
      if (!resolver.join(deb, clause, detail)) discovery.addUnresolved(deb.database, deb.index, detail);
    }
  }
}

class DebResolver {
  readonly #discovery: Discovery;
  readonly #native: string;
  readonly #candidates: ReadonlyMap<string, readonly Candidate[]>;

  constructor(discovery: Discovery, debs: readonly InstalledDeb[]) {
    this.#discovery = discovery;
    this.#native = nativeArchitecture(debs);
    this.#candidates = Map.groupBy(debs.flatMap(listCandidates), ({ name }) => name);
  }

  /** Adds the clause's edges. True if any package satisfies it, the package itself included. */
  join(from: InstalledDeb, clause: Clause, detail: string): boolean {
    let satisfied = false;
    for (const wanted of clause.alternatives) {
      for (const candidate of this.#candidates.get(wanted.name) ?? []) {
        if (!this.#discovery.spendCandidate()) return true;
        if (!this.#satisfies(candidate, wanted, from.package.arch)) continue;
        satisfied = true;
        this.#discovery.addEdge(from.index, candidate.deb.index, detail);
      }
    }
    return satisfied;
  }

  #satisfies(candidate: Candidate, wanted: Alternative, fromArch: string): boolean {
    if (!this.#satisfiesArch(candidate, wanted, fromArch)) return false;
    if (candidate.version === undefined) return wanted.operator === undefined;
    return satisfiesVersion(candidate.version, wanted);
  }

  /** As dpkg's `deparchsatisfied()`: Multi-Arch: foreign satisfies any architecture, `allowed` the qualifier `:any`. */
  #satisfiesArch(candidate: Candidate, wanted: Alternative, fromArch: string): boolean {
    const multiArch: MultiArch = candidate.deb.package.multiArch;
    if (wanted.arch === "" && multiArch === "foreign") return true;
    if (wanted.arch === "any") return multiArch === "allowed" || candidate.arch === "any";
    return this.#concrete(wanted.arch || fromArch) === this.#concrete(candidate.arch);
  }

  /** Packages of architecture `all`, and records without one, count as native ones. */
  #concrete(arch: string): string {
    return arch === "" || arch === "all" || arch === "native" ? this.#native : arch;
  }
}

/** The package itself, and the names it provides. */
function listCandidates(deb: InstalledDeb): Candidate[] {
  const { name, version, arch, provides } = deb.package;
  // Policy 7.5: a provided version is exact. Other comparisons provide nothing.
  const exact = provides.filter(({ operator }) => operator === undefined || operator === "=");
  const provided = exact.map((each) => {
    return { name: each.name, deb, version: each.operator && each.version, arch: each.arch || arch };
  });
  return [{ name, deb, version, arch }, ...provided];
}

/** The architecture of dpkg itself, else the most frequent one. */
function nativeArchitecture(debs: readonly InstalledDeb[]): string {
  const counts = new Map<string, number>();
  for (const { package: found } of debs) {
    if (found.arch === "" || found.arch === "all") continue;
    if (found.name === "dpkg") return found.arch;
    counts.set(found.arch, (counts.get(found.arch) ?? 0) + 1);
  }
  let native = "";
  for (const [arch, count] of counts) if (count > (counts.get(native) ?? 0)) native = arch;
  return native;
}
