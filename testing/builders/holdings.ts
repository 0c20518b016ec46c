import fc from "fast-check";
import type { ChainId, DiffId, Digest } from "#lib/model/digest.ts";
import type { ClosureHolding, HeldComponent, HeldItems, HeldLayer, Holding, ImageHolding } from "#lib/model/holding.ts";

/** A layer of the pool for random images: for each entry its content and the place of its owner. */
interface PoolLayer {
  readonly contents: readonly number[];
  readonly places: readonly number[];
}

/** An image in tests: its layers from the pool, and a bit per entry for visible ones. */
interface ImageRecipe {
  readonly layers: readonly number[];
  readonly seen: readonly boolean[];
}

const LAYERS = 5;
/** Node index of the unowned component. */
const UNOWNED = 4;

/** Bytes of a content: different contents differ in size, one is empty. */
export function byteCountOf(contentId: number): number {
  return contentId === 1 ? 0 : 2 ** contentId + contentId;
}

function testDigest(text: string): Digest {
  return `sha256:${Buffer.from(text).toString("hex").padEnd(64, "0").slice(-64)}` as Digest;
}

const poolLayer: fc.Arbitrary<PoolLayer> = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: -1, max: 3 })), { maxLength: 6 })
  .map((entries) => ({ contents: entries.map(([content]) => content), places: entries.map(([, place]) => place) }));

const imageRecipe: fc.Arbitrary<ImageRecipe> = fc.record({
  layers: fc.array(fc.nat(LAYERS - 1), { minLength: 1, maxLength: 4 }),
  seen: fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }),
});

const ITEMS = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const closureRecipe = fc.uniqueArray(fc.constantFrom(...ITEMS), { maxLength: 6 });
/** Items whose files are known, in any closure: usually all of them, or none. */
const knownItems = fc.oneof(fc.constant(ITEMS), fc.constant<number[]>([]), fc.subarray(ITEMS));

/**
 * Images over one pool of layers, stacked in any order, and closures over one pool of items, whose files have the contents of
 * images. `unread: false`: the files of all items are known.
 */
export function arbitraryHoldings(options: {
  min: number;
  max: number;
  closures?: boolean;
  unread?: boolean;
}): fc.Arbitrary<Holding[]> {
  const { min, max, closures = true, unread = true } = options;
  const pool = fc.array(poolLayer, { minLength: LAYERS, maxLength: LAYERS });
  const recipe = closures ? fc.oneof({ weight: 4, arbitrary: imageRecipe }, closureRecipe) : imageRecipe;
  const known = unread ? knownItems : fc.constant(ITEMS);
  return fc.tuple(pool, known, fc.array(recipe, { minLength: min, maxLength: max })).map(([layers, read, recipes]) => {
    return recipes.map((each, i) => ("seen" in each ? buildImage(i, layers, each) : buildClosure(i, each, read)));
  });
}

function buildImage(artifactId: number, pool: readonly PoolLayer[], { layers, seen }: ImageRecipe): ImageHolding {
  const rows: { layer: number; entry: number; content: number; place: number }[] = [];
  for (const [layer, id] of layers.entries()) {
    // If a layer occurs twice, only the upper one can be visible.
    if (layers.lastIndexOf(id) !== layer) continue;
    for (const [entry, content] of pool[id]!.contents.entries()) {
      const place = pool[id]!.places[entry]!;
      if (seen[rows.length % seen.length] || entry % 3 === 0) rows.push({ layer, entry, content, place });
    }
  }
  return {
    kind: "image",
    artifactId,
    layers: layers.map((id, position) => toLayer(pool[id]!, id, layers.slice(0, position + 1))),
    bodies: {
      count: rows.length,
      layer: Int32Array.from(rows, (row) => row.layer),
      entry: Int32Array.from(rows, (row) => row.entry),
      byteCount: Float64Array.from(rows, (row) => byteCountOf(row.content)),
      contentId: Int32Array.from(rows, (row) => row.content),
      owner: Int32Array.from(rows, (row) => (row.place < 0 ? UNOWNED : row.place)),
      place: Float64Array.from(rows, (row) => row.place),
    },
  };
}

function toLayer({ contents }: PoolLayer, id: number, chain: readonly number[]): HeldLayer {
  const contentSize = contents.reduce((sum, content) => sum + byteCountOf(content), 0);
  return {
    layerId: id + 1,
    diffId: testDigest(`layer ${id}`) as DiffId,
    chainId: testDigest(`chain ${chain.join(" ")}`) as ChainId,
    digest: testDigest(`blob ${id}`),
    downloadSize: Math.ceil(contentSize / (2 + id)),
    contentSize,
    entryCount: contents.length,
  };
}

/** The contents of an item's files: none for some, one of them twice for others. */
function contentsOfItem(item: number): number[] {
  return Array.from({ length: item % 4 }, (_, i) => 1 + ((5 * item + 7 * i * (i - 1)) % 12));
}

function buildClosure(artifactId: number, items: readonly number[], read: readonly number[]): ClosureHolding {
  const filesOf = (item: number) => (read.includes(item) ? contentsOfItem(item) : []);
  const contents = items.flatMap(filesOf);
  const bodies = {
    count: contents.length,
    known: Uint8Array.from(items, (item) => (read.includes(item) ? 1 : 0)),
    item: Int32Array.from(items.flatMap((item, i) => filesOf(item).map(() => i))),
    contentId: Int32Array.from(contents),
    byteCount: Float64Array.from(contents, byteCountOf),
  };
  return {
    kind: "closure",
    artifactId,
    items: {
      count: items.length,
      componentId: Float64Array.from(items),
      // A NAR is the bytes of all files, and its framing.
      narSize: Float64Array.from(items, (item) => sumBytes(contentsOfItem(item)) + 100 * item),
      ...(items.some((item) => read.includes(item)) && { bodies }),
    },
  };
}

function sumBytes(contents: readonly number[]): number {
  return contents.reduce((sum, content) => sum + byteCountOf(content), 0);
}

/** A named unit of a rung with its bytes: the naive oracle makes sets of these names. */
export type NaiveUnit = readonly [name: string, bytes: number];

/** The units of one artifact on one rung, as text and by definition; repeated if rows repeat. */
export function listNaiveUnits(rung: string, holding: Holding): NaiveUnit[] {
  if (holding.kind !== "image") {
    return [...holding.items.componentId.keys()].flatMap((i) => listItemUnits(rung, holding.items, i));
  }
  const { layers, bodies } = holding;
  if (rung === "chain") return layers.map(({ chainId, contentSize }) => [chainId, contentSize]);
  if (rung === "layer") return layers.map(({ diffId, contentSize }) => [diffId, contentSize]);
  return Array.from(bodies.byteCount, (bytes, i) => {
    const entry = `${layers[bodies.layer[i]!]!.diffId} ${bodies.entry[i]}`;
    const content = `sha256 ${bodies.contentId[i]}`;
    const owned = `place ${bodies.place[i]} ${content}`;
    const name = rung === "live" ? entry : rung === "file" ? content : bodies.place[i]! >= 0 ? owned : entry;
    return [name, bytes];
  });
}

/** The same for one item of a closure. */
export function listItemUnits(rung: string, { componentId, narSize, bodies }: HeldItems, i: number): NaiveUnit[] {
  if (rung !== "file" || bodies?.known[i] !== 1) return [[`item ${componentId[i]}`, narSize[i]!]];
  const rows = [...bodies.item.keys()].filter((row) => bodies.item[row] === i);
  return rows.map((row) => [`sha256 ${bodies.contentId[row]}`, bodies.byteCount[row]!]);
}

export function sumNaive(units: Iterable<NaiveUnit>): number {
  return [...new Map(units).values()].reduce((sum, bytes) => sum + bytes, 0);
}

/** Components for the owners of these holdings: nodes 0 to 3 are two names at two versions each, node 4 is unowned. */
export function componentsOf(holding: Holding): HeldComponent[] {
  if (holding.kind !== "image") {
    return Array.from(holding.items.componentId, (id, i) => {
      const version = String(id % 3);
      const name = `package${id % 4}`;
      const item = {
        componentId: 100 + id,
        id: `/nix/store/${id}`,
        kind: "store",
        name,
        version,
        instancePath: "",
      } as const;
      return { ...item, selfSize: holding.items.narSize[i]! };
    });
  }
  const { owner, byteCount } = holding.bodies;
  return [0, 1, 2, 3, UNOWNED].map((node) => {
    const selfSize = byteCount.reduce((sum, bytes, i) => (owner[i] === node ? sum + bytes : sum), 0);
    const version = String(node % 2);
    const name = `package${node >> 1}`;
    const kind = node === UNOWNED ? "unowned" : "deb";
    return { componentId: 1 + node, id: `${kind} ${name} ${version}`, kind, name, version, instancePath: "", selfSize };
  });
}
