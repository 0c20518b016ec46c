import {
  evaluateMarker,
  normaliseName,
  type PythonRequirement,
  parsePythonVersion,
  parseRequirement,
  satisfiesPython,
} from "#lib/formats/python/index.ts";
import { Evidence } from "#lib/model/component.ts";
import { cutText } from "#lib/model/cut-text.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import type { Discovery } from "./discovery.ts";
import { PythonSites } from "./python-sites.ts";

/** UTF-16 units of a requirement in an edge and in a message. */
const MAX_SHOWN_REQUIREMENT = 300;

/** UTF-16 units of all requirements whose markers are evaluated, once for each extra that is asked for. Real images: some 100,000. */
export const MAX_EVALUATED_LENGTH = 64 * 1024 ** 2;

/** An installed distribution: a component of its own, or a part of the distribution package that ships it. */
export interface PythonDistribution {
  /** As its metadata spells it. */
  readonly name: string;
  readonly version: string;
  readonly requirements: readonly string[];
  /** Its `.dist-info`, `.egg-info` or `.egg`. */
  readonly metadata: FileNode;
  /** The directory around that. */
  readonly site: FileNode;
  readonly index: number;
  readonly isShipped: boolean;
  /** It is not installed: what it requires may be of no use to it here, and is no problem if it is missing. */
  readonly isApplication?: boolean;
}

/**
 * Adds the edges of requirements whose markers are true, to the distribution that the environment finds first, whatever its version;
 * those of an extra if another distribution asks for that extra. A missing distribution is a problem, and so is a wrong version. Where
 * a marker depends on what an image does not say, there is an edge if the distribution is there, and no problem if it is not.
 *
 * A distribution also refers to the interpreter (which may be a program without a package) of its environment, and to the standard library: this is inferred.
 */
export function addPythonEdges(
  discovery: Discovery,
  found: readonly PythonDistribution[],
  applications: readonly PythonDistribution[] = [],
): void {
  if (found.length === 0 && applications.length === 0) return;
  const resolver = new PythonResolver(discovery, found, new PythonSites(discovery));
  for (const distribution of [...found, ...applications]) if (!distribution.isShipped) resolver.addAll(distribution);
}

interface Asked {
  readonly distribution: PythonDistribution;
  readonly extra: string;
}

class PythonResolver {
  readonly #discovery: Discovery;
  readonly #sites: PythonSites;
  readonly #found = new Map<FileNode, Map<string, PythonDistribution>>();
  readonly #open: Asked[] = [];
  #evaluatedLength = 0;
  /** Equal requirements share their detail. */
  readonly #details = new Map<string, string>();
  readonly #asked = new Map<PythonDistribution, Set<string>>();

  constructor(discovery: Discovery, found: readonly PythonDistribution[], sites: PythonSites) {
    this.#discovery = discovery;
    this.#sites = sites;
    for (const distribution of found) this.#add(distribution);
  }

  /** Of two distributions of a name in one directory, Python finds the first that the directory lists; here, the first by path. */
  #add(distribution: PythonDistribution): void {
    const names = this.#found.get(distribution.site) ?? new Map<string, PythonDistribution>();
    const name = normaliseName(distribution.name);
    if (!names.has(name)) names.set(name, distribution);
    this.#found.set(distribution.site, names);
  }

  addAll(distribution: PythonDistribution): void {
    const { interpreter } = this.#sites.of(distribution.site);
    if (interpreter !== undefined) {
      this.#addRuntime(distribution, interpreter, "runs on");
      const library = this.#sites.findLibrary(interpreter);
      if (library !== undefined) this.#addRuntime(distribution, library, "may import");
    }
    this.#addEdges({ distribution, extra: "" });
    for (let asked = this.#open.pop(); asked !== undefined; asked = this.#open.pop()) this.#addEdges(asked);
  }

  #addRuntime({ index }: PythonDistribution, file: FileNode, how: string): void {
    const owner = this.#discovery.owners.ownerOf(file);
    if (owner >= 0) this.#discovery.addEdge(index, owner, `${how} ${file.path}`, Evidence.inferred);
  }

  #ask(distribution: PythonDistribution, extra: string): void {
    const extras = this.#asked.get(distribution) ?? new Set<string>();
    this.#asked.set(distribution, extras);
    if (distribution.isShipped || extras.has(extra)) return;
    extras.add(extra);
    this.#open.push({ distribution, extra });
  }

  #addEdges({ distribution, extra }: Asked): void {
    const variables = new Map(this.#sites.of(distribution.site).variables).set("extra", [extra]);
    for (const text of distribution.requirements) {
      // The others do not depend on the extra.
      if (extra !== "" && !text.includes("extra")) continue;
      const requirement = this.#spend(text) ? parseRequirement(text) : undefined;
      if (requirement === undefined) continue;
      const { marker } = requirement;
      const isTrue = marker === undefined || evaluateMarker(marker, variables);
      if (isTrue !== false) this.#join(distribution, requirement, isTrue === true);
    }
  }

  /** False, reported once, when all evaluations together have spent their limit. */
  #spend({ length }: string): boolean {
    const isReported = this.#evaluatedLength > MAX_EVALUATED_LENGTH;
    this.#evaluatedLength += length;
    const isOver = this.#evaluatedLength > MAX_EVALUATED_LENGTH;
    if (isOver && !isReported) this.#discovery.addLimit("characters of Python requirements", MAX_EVALUATED_LENGTH);
    return !isOver && this.#discovery.spendCandidate();
  }

  #join(from: PythonDistribution, wanted: PythonRequirement, isCertain: boolean): void {
    const to = this.#find(from, wanted.name);
    const detail = from.isApplication
      ? `${from.metadata.name}: ${cutText(wanted.text, MAX_SHOWN_REQUIREMENT)}`
      : this.#toDetail(wanted.text);
    if (to === undefined) {
      if (isCertain && !from.isApplication) this.#discovery.addUnresolved(from.metadata.path, from.index, detail);
      return;
    }
    this.#discovery.addEdge(from.index, to.index, detail);
    for (const extra of wanted.extras) this.#ask(to, extra);
    if (isCertain && !from.isApplication) this.#checkVersion(from, to, wanted);
  }

  #toDetail(text: string): string {
    const detail = this.#details.get(text) ?? `Requires-Dist: ${cutText(text, MAX_SHOWN_REQUIREMENT)}`;
    this.#details.set(text, detail);
    return detail;
  }

  #find({ site }: PythonDistribution, name: string): PythonDistribution | undefined {
    const { own, shared } = this.#sites.of(site);
    for (const directories of [own, shared]) {
      for (const directory of directories) {
        if (!this.#discovery.spendCandidate()) return undefined;
        const found = this.#found.get(directory)?.get(name);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }

  #checkVersion(from: PythonDistribution, to: PythonDistribution, { specifiers, text }: PythonRequirement): void {
    const version = parsePythonVersion(to.version);
    if (version === undefined || satisfiesPython(version, specifiers)) return;
    const shown = cutText(text, MAX_SHOWN_REQUIREMENT);
    const message = `${from.name} ${from.version}: requires ${shown}, but ${to.version} is installed`;
    this.#discovery.addUnmet(from.metadata.path, from.index, { need: shown, message });
  }
}
