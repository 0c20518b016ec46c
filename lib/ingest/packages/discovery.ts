import { type Component, type ComponentEdge, componentId, Evidence } from "#lib/model/component.ts";
import { cutText } from "#lib/model/cut-text.ts";
import type { DiffId } from "#lib/model/digest.ts";
import type { Fault } from "#lib/model/fault.ts";
import type { FileNode, FileTree } from "#lib/model/file-tree.ts";
import { InputError, type Problem } from "#lib/model/problem.ts";
import type { RootReason } from "#lib/model/root-reason.ts";
import { OwnerTable } from "./owner-table.ts";
import { TreeIndex } from "./tree-index.ts";

/** Problems stored per image; each file's are limited separately (`MAX_FAULTS`). */
export const MAX_PROBLEMS = 10_000;
/** Packages per image: more than Debian has. */
export const MAX_COMPONENTS = 100_000;
/** Edges per image. Debian's largest installations have about 30,000. */
export const MAX_EDGES = 500_000;
/** Dependencies and provided names declared by all packages of one image; each takes some 200 bytes until edges are built. */
export const MAX_DECLARATIONS = 500_000;
/**
 * Candidates compared with a dependency in one image. Without a limit, n packages that all provide one name and all
 * depend on it cost n² comparisons, in a file of a few megabytes.
 */
export const MAX_CANDIDATES = 5_000_000;

const EVIDENCE_COUNT = Object.keys(Evidence).length;
/** UTF-16 units of a declaration shown in a message. */
const MAX_SHOWN_DECLARATION = 300;

export interface DiscoveryOptions {
  /** The source as the user wrote it, for problems. */
  readonly source: string;
  /** Entrypoint and Cmd. */
  readonly command: readonly string[];
  /** The image's PATH; absent or "": the default of container engines. */
  readonly path?: string;
  /** Where the command starts; absent or "": the root. */
  readonly workingDir?: string;
  /** The image's LD_LIBRARY_PATH. */
  readonly libraryPath?: string;
  /** The architecture in the image's configuration: `amd64`. */
  readonly machine?: string;
  /** The image's layers, lowest first. */
  readonly diffIds: readonly DiffId[];
}

/** The components found in one tree so far; each ecosystem adds to it in turn. */
export class Discovery {
  readonly tree: FileTree;
  readonly options: DiscoveryOptions;
  /** Every name of the tree, directories before their contents. */
  readonly nodes: readonly FileNode[];
  readonly index: TreeIndex;
  readonly owners: OwnerTable;
  readonly components: Component[] = [];
  readonly edges: ComponentEdge[] = [];
  readonly problems: Problem[] = [];
  /** Explicit roots, as positions in `components`, and their reasons. */
  readonly roots = new Map<number, RootReason>();
  readonly #indexes = new Map<string, number>();
  readonly #edgeKeys = new Set<number>();
  #candidates = 0;
  #declarations = 0;

  constructor(tree: FileTree, options: DiscoveryOptions) {
    this.tree = tree;
    this.options = options;
    this.nodes = tree.names;
    this.index = new TreeIndex(tree);
    this.owners = new OwnerTable(this.nodes, options.diffIds.length);
  }

  /**
   * The component's position. Two with one id are one node: ids are unique in an artifact. Throws InputError `limit-exceeded`
   * beyond `MAX_COMPONENTS`.
   */
  addComponent(component: Component): number {
    const id = componentId(component);
    const known = this.#indexes.get(id);
    if (known !== undefined) return known;
    if (this.components.length === MAX_COMPONENTS)
      throw new InputError(
        "limit-exceeded",
        component.instancePath,
        `more than ${MAX_COMPONENTS} packages in one image`,
      );
    this.#indexes.set(id, this.components.length);
    return this.components.push(component) - 1;
  }

  /** The package, or the program, that a name belongs to; `undefined` for files of none, and for what package managers write. */
  packageOf(node: FileNode): number | undefined {
    const owner = this.owners.get(node);
    const kind = owner === undefined ? "unowned" : this.components[owner]!.kind;
    return kind === "unowned" || kind === "manager" ? undefined : owner;
  }

  /**
   * Adds an edge. Each pair gets one edge of each kind of evidence, from the first of its kind: what is declared and what is observed
   * are two facts. A component gets none to itself.
   */
  addEdge(from: number, to: number, detail: string, evidence: Evidence = Evidence.declared): void {
    if (this.#isStore(from) && this.#isStore(to)) return;
    this.#addEdge({ from, to, detail, evidence });
  }

  /** The same for a reference of a store item to another one: the only edge between two of them, as in the store itself. */
  addReference(from: number, to: number, detail: string): void {
    this.#addEdge({ from, to, detail, evidence: Evidence.observed });
  }

  #addEdge({ from, to, detail, evidence }: ComponentEdge): void {
    const key = (from * 2 ** 26 + to) * EVIDENCE_COUNT + evidence;
    if (from === to || this.#edgeKeys.has(key) || this.#edgeKeys.size > MAX_EDGES) return;
    this.#edgeKeys.add(key);
    if (this.#edgeKeys.size > MAX_EDGES) this.addLimit("edges", MAX_EDGES);
    else this.edges.push({ from, to, evidence, detail });
  }

  #isStore(index: number): boolean {
    return this.components[index]?.kind === "store";
  }

  /** A package's declarations, up to the image's limit; past the limit none, reported once. */
  takeDeclarations<T>(declared: readonly T[]): readonly T[] {
    const left = MAX_DECLARATIONS - this.#declarations;
    this.#declarations += declared.length;
    if (left >= declared.length) return declared;
    if (left >= 0) this.addLimit("declared dependencies", MAX_DECLARATIONS);
    this.#declarations = MAX_DECLARATIONS + 1;
    return [];
  }

  /** Whether one more candidate may be compared. Reports once that it may not. */
  spendCandidate(): boolean {
    this.#candidates += 1;
    if (this.#candidates === MAX_CANDIDATES + 1) this.addLimit("dependency candidates", MAX_CANDIDATES);
    return this.#candidates <= MAX_CANDIDATES;
  }

  /** The strongest of several reasons counts. */
  addRoot(component: number, reason: RootReason): void {
    const known = this.roots.get(component) ?? reason;
    this.roots.set(component, known < reason ? known : reason);
  }

  addProblem(path: string, fault: Fault): void {
    if (this.problems.length < MAX_PROBLEMS) this.#push(path, fault);
    else if (this.problems.length === MAX_PROBLEMS) {
      const message = `more than ${MAX_PROBLEMS} problems: the rest is not listed`;
      this.#push("", { code: "limit-exceeded", message });
    }
  }

  addProblems(path: string, faults: readonly Fault[]): void {
    for (const fault of faults) this.addProblem(path, fault);
  }

  addUnresolved(path: string, component: number, declaration: string): void {
    const { name, version } = this.components[component]!;
    const need = cutText(declaration, MAX_SHOWN_DECLARATION);
    this.addUnmet(path, component, { need, message: `${name} ${version}: nothing installed satisfies ${need}` });
  }

  /** A need that nothing in the image meets; `component`: whose it is, `undefined` for a file without an owner. */
  addUnmet(path: string, component: number | undefined, { need, message }: { need: string; message: string }): void {
    const id = component === undefined ? "" : componentId(this.components[component]!);
    this.addProblem(path, { code: "unresolved-dependency", message, unmet: { component: id, need } });
  }

  addLimit(what: string, limit: number): void {
    this.addProblem("", { code: "limit-exceeded", message: `more than ${limit} ${what}: the rest is left out` });
  }

  /** No problem with packages loses the image: all are warnings. */
  #push(path: string, fault: Fault): void {
    this.problems.push({ severity: "warning", source: this.options.source, path, ...fault });
  }
}
