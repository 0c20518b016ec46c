import { buildRung } from "#lib/analysis/sharing/build-rung.ts";
import type { RungUnits } from "#lib/analysis/sharing/rung.ts";
import { contentIdsOf, type HeldLayer } from "#lib/model/holding.ts";
import { type AgainUnit, BY_RATIO, ESTIMATED, EXACT, type Known, type ModelCosts, sumRung, sumUnits } from "./again.ts";
import { layersOf, listNodeUnits, type Side, toLayerUnit } from "./side.ts";

/** An artifact as it was and as it became, both scanned. */
export interface Pair {
  readonly before: Side;
  readonly after: Side;
}

/** What these updates cost under each model. `chunks`: the rung over all artifacts as they were, then as they became. */
export function computePairCosts(pairs: readonly Pair[], chunks: RungUnits): ModelCosts[] {
  const holdings = [...pairs.map(({ before }) => before.holding), ...pairs.map(({ after }) => after.holding)];
  const [layers, changed] = [pairs.map(listNew(chainOf)), pairs.map(listNew(diffIdOf))];
  const chains = keysBefore(pairs, chainOf);
  return [
    sumUnits("layers", EXACT, layers, { had: chains }),
    sumUnits("changed-layers", EXACT, changed, { had: keysBefore(pairs, diffIdOf) }),
    // A base that is no rebase of another is built again.
    sumUnits("rebase", ESTIMATED, pairs.map(listRebased), { had: chains, instead: layers }),
    sumRung("package", buildRung("package", holdings)),
    ...sumStores(pairs),
    sumRung("file", buildRung("file", holdings)),
    sumRung("chunk", chunks),
  ];
}

type KeyOf = (layer: HeldLayer) => string;
const chainOf: KeyOf = ({ chainId }) => chainId;
const diffIdOf: KeyOf = ({ diffId }) => diffId;

function keysBefore(pairs: readonly Pair[], keyOf: KeyOf): Set<string> {
  return new Set(pairs.flatMap(({ before }) => (layersOf(before) ?? []).map(keyOf)));
}

/** The layers that are new to a pair; `null` for a closure. */
function listNew(keyOf: KeyOf) {
  return (pair: Pair): AgainUnit[] | null => {
    const had = keysBefore([pair], keyOf);
    const layers = layersOf(pair.before) === null ? null : layersOf(pair.after);
    return layers?.filter((layer) => !had.has(keyOf(layer))).map((layer) => toLayerUnit(layer, keyOf(layer))) ?? null;
  };
}

/**
 * The new base under the layers of the old image: a disk stores these again, since what is below them differs, and nobody pulls them
 * again. A layer that merges what both wrote is not counted, so this is an estimate. `null` if the base did not change.
 */
function listRebased({ before, after }: Pair): AgainUnit[] | null {
  const [lower, upper] = [layersOf(after), layersOf(before)];
  if (lower === null || upper === null || before.base === null || after.base === null) return null;
  if (before.base.id === after.base.id) return null;
  const newBase = after.base;
  const chains = new Set(upper.map(({ chainId }) => chainId));
  const diffIds = new Set(upper.map(({ diffId }) => diffId));
  const based = lower
    .slice(0, newBase.layerCount)
    .filter(({ chainId }) => !chains.has(chainId))
    .map((layer) => {
      const unit = toLayerUnit(layer, layer.chainId);
      return diffIds.has(layer.diffId) ? { ...unit, pull: 0 } : unit;
    });
  return [...based, ...listMoved(upper.slice(before.base.layerCount), newBase.id)];
}

/** Layers that are stored again on another base, and not pulled. */
function listMoved(layers: readonly HeldLayer[], base: string): AgainUnit[] {
  return layers.map((layer) => ({ key: `${base} ${layer.chainId}`, store: layer.contentSize, pull: 0 }));
}

/** The three models of stores. Of a closure the first is measured: its items are those of such a store. */
function sumStores(pairs: readonly Pair[]): ModelCosts[] {
  const listed = pairs.map(listStored);
  const had = new Set(pairs.flatMap(({ before }) => listNodeUnits(before).map(({ key }) => key)));
  const isStore = pairs.every(({ before, after }) => layersOf(before) === null && layersOf(after) === null);
  const known: Known = isStore ? BY_RATIO : ESTIMATED;
  const rebuilt = listed.map((each) => each.rebuilt);
  // A dependent that is built again under the same name is another item of such a store: it is not had before.
  return [
    sumUnits("input-addressed", known, rebuilt, isStore ? { had } : {}),
    sumUnits("grafts", ESTIMATED, listed.map(toGrafts), isStore ? { had } : {}),
    sumUnits(
      "content-addressed",
      ESTIMATED,
      listed.map((each) => each.differing),
    ),
  ];
}

interface Stored {
  /** What changed, and all that needs it. */
  readonly rebuilt: readonly AgainUnit[];
  /** Keys of what changed itself. */
  readonly changed: ReadonlySet<string>;
  readonly differing: readonly AgainUnit[];
}

/** A graft rewrites what needs a changed item on the host: it is stored again, but not pulled. */
export function toGrafts({ rebuilt, changed }: Pick<Stored, "rebuilt" | "changed">): AgainUnit[] {
  return rebuilt.map((unit) => (changed.has(unit.key) ? unit : { ...unit, pull: 0 }));
}

function listStored({ before, after }: Pair): Stored {
  const units = listNodeUnits(after);
  const isImage = after.holding.kind === "image";
  const had = new Set(before.components.map(({ componentId }) => componentId));
  const added = [...units.keys()].filter((node) => !had.has(after.components[node]!.componentId));
  const names = new Set(before.components.map(({ name, version }) => `${name} ${version}`));
  const isNamed = (node: number) => names.has(`${after.components[node]!.name} ${after.components[node]!.version}`);
  // In a closure the dependents that were built again are among the new items already.
  const changed = isImage ? added : added.filter((node) => !isNamed(node));
  const reached = after.listDependents(added);
  const differing = listDiffering(before, after);
  return {
    rebuilt: units.filter((_, node) => (isImage ? reached[node] === 1 : added.includes(node))),
    changed: new Set(changed.map((node) => units[node]!.key)),
    differing: units.filter((_, node) => differing[node] === 1),
  };
}

/** By node of `after` 1 if a content of it is not in `before`; an item whose files are unread, if it is another item. */
function listDiffering(before: Side, after: Side): Uint8Array {
  const had = new Set(contentIdsOf(before.holding));
  const differing = new Uint8Array(after.components.length);
  const mark = (contentId: Int32Array, node: Int32Array) => {
    for (let row = 0; row < contentId.length; row++)
      if (node[row]! >= 0 && !had.has(contentId[row]!)) differing[node[row]!] = 1;
  };
  const { holding } = after;
  if (holding.kind === "image") {
    mark(holding.bodies.contentId, holding.bodies.owner);
    return differing;
  }
  const items = new Set(before.components.map(({ componentId }) => componentId));
  const { bodies } = holding.items;
  if (bodies !== undefined) mark(bodies.contentId, bodies.item);
  for (const [node, { componentId }] of after.components.entries())
    if (bodies?.known[node] !== 1) differing[node] = items.has(componentId) ? 0 : 1;
  return differing;
}
