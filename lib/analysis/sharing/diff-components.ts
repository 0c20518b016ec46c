import type { ChangeKind, ComponentChange, ComponentVersion } from "#lib/model/answer.ts";
import type { HeldComponent, Holding } from "#lib/model/holding.ts";
import type { VersionChanges } from "#lib/model/name-version.ts";
import { buildRung } from "./build-rung.ts";
import { compareVersions } from "./compare-versions.ts";

/** One side of a row; `nodeIndex` in its own graph. */
export interface DifferenceSide extends ComponentVersion {
  readonly nodeIndex: number;
}

/** A row of the answer with its nodes. */
export interface ComponentDifference extends ComponentChange {
  readonly left: DifferenceSide | null;
  readonly right: DifferenceSide | null;
}

/** One of the two artifacts: its holding, and its components by node index. */
export interface Side {
  readonly holding: Holding;
  readonly components: readonly HeldComponent[];
}

/**
 * The components of two artifacts, matched. Every component of either side is in exactly one row, so the rows' deltas sum to the
 * difference of the sides' totals. The largest change comes first.
 *
 * Equal identities are `same` if their content is the same, else `changed` in content alone (a file of the package hidden or
 * replaced). The rest is matched by ecosystem and name. Of several on a side, those at one instance path are paired first, then
 * those of one version, then the rest in the order of their versions; unpaired ones are added or removed. A closure has no
 * ecosystem in common with an image or an SBOM, so the name alone decides.
 */
export function diffComponents(left: Side, right: Side): ComponentDifference[] {
  return matchComponents(left, right).toRows(compareContents(left, right)).sort(byImpact);
}

/** A side without its files. */
interface ListedSide {
  readonly holding: Pick<Holding, "kind">;
  readonly components: readonly HeldComponent[];
}

/**
 * How many components were added, removed and changed, matched like `diffComponents`. Files are not compared: one identity is the same,
 * unless a store item has another NAR hash, or what a package manager wrote has another size.
 */
export function countComponentChanges(left: ListedSide, right: ListedSide): VersionChanges {
  const sameComponent = (a: number, b: number) => isSame(left.components[a]!, right.components[b]!);
  const rows = matchComponents(left, right).toRows(sameComponent);
  const count = (change: ChangeKind) => rows.filter((row) => row.change === change).length;
  return { added: count("added"), removed: count("removed"), changed: count("changed") };
}

function isSame(a: HeldComponent, b: HeldComponent): boolean {
  return a.componentId === b.componentId && (a.kind !== "manager" || a.selfSize === b.selfSize);
}

function matchComponents(left: ListedSide, right: ListedSide): Matching {
  const matching = new Matching(left.components, right.components);
  matching.join("identity", ({ id }) => id, byNode);
  const byName = (held: HeldComponent) => `${ecosystemOf(held)}\n${held.name}`;
  matching.join(
    "name",
    (held) => (held.instancePath === "" ? undefined : `${byName(held)}\n${held.instancePath}`),
    byNode,
  );
  matching.join("name", (held) => (held.kind === "unowned" ? undefined : `${byName(held)}\n${held.version}`), byNode);
  matching.join("name", byName, byVersion);
  if (left.holding.kind !== right.holding.kind && [left, right].some(({ holding }) => holding.kind === "closure")) {
    const alone = ({ kind, name }: HeldComponent) => (kind === "unowned" ? undefined : name);
    matching.join("name-alone", alone, byVersion);
  }
  return matching;
}

/** The type of its purl; the kind of what has none. */
function ecosystemOf({ id, kind }: HeldComponent): string {
  return kind === "other" ? id.slice(0, Math.max(0, id.indexOf("/"))) : kind;
}

interface Pair {
  readonly left: number;
  readonly right: number;
  readonly matchedBy: "identity" | "name" | "name-alone";
}

type Order = (held: readonly HeldComponent[]) => (a: number, b: number) => number;

const byNode: Order = () => (a, b) => a - b;

/** The versions of unowned components are digests: these keep the order of their layers. */
const byVersion: Order = (held) => (a, b) => {
  if (held[a]!.kind === "unowned") return a - b;
  return compareVersions(held[a]!.version, held[b]!.version) || (held[a]!.id < held[b]!.id ? -1 : 1);
};

/** Matched components of both sides, pass by pass. */
class Matching {
  readonly #left: readonly HeldComponent[];
  readonly #right: readonly HeldComponent[];
  readonly #freeLeft: Set<number>;
  readonly #freeRight: Set<number>;
  readonly #pairs: Pair[] = [];

  constructor(left: readonly HeldComponent[], right: readonly HeldComponent[]) {
    this.#left = left;
    this.#right = right;
    this.#freeLeft = new Set(left.keys());
    this.#freeRight = new Set(right.keys());
  }

  /** Pairs unmatched components with equal keys, in this order; a component with an `undefined` key stays unmatched. */
  join(matchedBy: Pair["matchedBy"], keyOf: (held: HeldComponent) => string | undefined, order: Order): void {
    const waiting = groupByKey(this.#freeRight, this.#right, keyOf);
    for (const [key, lefts] of groupByKey(this.#freeLeft, this.#left, keyOf)) {
      const rights = waiting.get(key);
      if (rights === undefined) continue;
      lefts.sort(order(this.#left));
      rights.sort(order(this.#right));
      for (let i = 0; i < Math.min(lefts.length, rights.length); i++) this.#add(lefts[i]!, rights[i]!, matchedBy);
    }
  }

  #add(left: number, right: number, matchedBy: Pair["matchedBy"]): void {
    this.#freeLeft.delete(left);
    this.#freeRight.delete(right);
    this.#pairs.push({ left, right, matchedBy });
  }

  toRows(sameContent: (left: number, right: number) => boolean): ComponentDifference[] {
    const rows = this.#pairs.map(({ left, right, matchedBy }) => {
      const same = matchedBy === "identity" && sameContent(left, right);
      return toRow(same ? "same" : "changed", matchedBy, toSide(this.#left, left), toSide(this.#right, right));
    });
    for (const left of this.#freeLeft) rows.push(toRow("removed", null, toSide(this.#left, left), null));
    for (const right of this.#freeRight) rows.push(toRow("added", null, null, toSide(this.#right, right)));
    return rows;
  }
}

/** The free components by their key, without those that have none. */
function groupByKey(
  free: ReadonlySet<number>,
  components: readonly HeldComponent[],
  keyOf: (held: HeldComponent) => string | undefined,
): Map<string | undefined, number[]> {
  const groups = Map.groupBy(free, (node) => keyOf(components[node]!));
  groups.delete(undefined);
  return groups;
}

interface NamedSide extends DifferenceSide {
  readonly name: string;
}

function toSide(components: readonly HeldComponent[], nodeIndex: number): NamedSide {
  const { id, kind, version, selfSize, name } = components[nodeIndex]!;
  return { nodeIndex, id, kind, version, bytes: selfSize, name };
}

function toRow(
  change: ChangeKind,
  matchedBy: ComponentDifference["matchedBy"],
  left: NamedSide | null,
  right: NamedSide | null,
): ComponentDifference {
  const { kind, name } = (right ?? left)!;
  return {
    change,
    matchedBy,
    kind,
    name,
    left: left && withoutName(left),
    right: right && withoutName(right),
    delta: (right?.bytes ?? 0) - (left?.bytes ?? 0),
  };
}

function withoutName({ name: _, ...side }: NamedSide): DifferenceSide {
  return side;
}

function byImpact(a: ComponentDifference, b: ComponentDifference): number {
  const impact = Math.abs(b.delta) - Math.abs(a.delta);
  if (impact !== 0) return impact;
  const bytes = bytesOf(b) - bytesOf(a);
  if (bytes !== 0) return bytes;
  return idOf(a) < idOf(b) ? -1 : 1;
}

function bytesOf({ left, right }: ComponentDifference): number {
  return Math.max(left?.bytes ?? 0, right?.bytes ?? 0);
}

function idOf({ left, right }: ComponentDifference): string {
  return `${left?.id ?? ""}\n${right?.id ?? ""}`;
}

/**
 * Whether two components of one identity have the same units of the `package` rung. A store item is its path and NAR hash; in an image,
 * whose layers state no NAR hash, its path alone.
 */
function compareContents(left: Side, right: Side): (leftNode: number, rightNode: number) => boolean {
  const kinds = new Set([left.holding.kind, right.holding.kind]);
  if (kinds.has("image") && kinds.has("closure")) return () => true;
  if (left.holding.kind !== "image" || right.holding.kind !== "image") {
    return (a, b) => left.components[a]!.componentId === right.components[b]!.componentId;
  }
  const { unitOfRow } = buildRung("package", [left.holding, right.holding]);
  const lefts = groupUnits(left.holding.bodies.owner, unitOfRow[0]!, left.components.length);
  const rights = groupUnits(right.holding.bodies.owner, unitOfRow[1]!, right.components.length);
  return (leftNode, rightNode) => equalUnits(lefts[leftNode]!, rights[rightNode]!);
}

function groupUnits(owner: Int32Array, units: Int32Array, nodeCount: number): number[][] {
  const groups = Array.from({ length: nodeCount }, (): number[] => []);
  for (let row = 0; row < owner.length; row++) groups[owner[row]!]?.push(units[row]!);
  return groups;
}

/** Counts repeated units: if a tar repeats a path, a component may have a unit twice. */
function equalUnits(left: readonly number[], right: readonly number[]): boolean {
  if (left.length !== right.length) return false;
  const [lefts, rights] = [left.toSorted(byNumber), right.toSorted(byNumber)];
  return lefts.every((unit, i) => unit === rights[i]);
}

function byNumber(a: number, b: number): number {
  return a - b;
}
