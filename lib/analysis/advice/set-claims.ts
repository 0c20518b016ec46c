import { type AdviceMask, maskOf } from "#lib/model/advice.ts";
import type { Holding } from "#lib/model/holding.ts";
import { ClaimList, type Claims, DUPLICATES } from "./claims.ts";

/** One artifact of a set. */
export interface ClaimedArtifact {
  readonly held: Holding;
  readonly claims: Claims;
}

/** What could be removed from a set, as a disk stores it: a layer once per chain, a store item once. */
export interface SetClaims {
  /** `layer` is a position in `chains`; −1 for a store item, whose `entry` is a row of its first artifact. */
  readonly claims: Claims;
  /** An artifact and a position for each chain of layers. */
  readonly chains: readonly { readonly artifact: number; readonly position: number }[];
  /** Bytes of everything, each chain and store item once. */
  readonly total: number;
  /** Layers on different bases, beyond the first of each. */
  readonly misplaced: number;
}

const WASTED = maskOf(["wasted"]);
/** No artifact has been asked yet. */
const ANY = 0xffff;
const ORDER = maskOf(["orderPenalty"]);

/** A chain of layers, and who has it. */
interface Chain {
  readonly diffId: string;
  readonly contentSize: number;
  readonly entryCount: number;
  readonly places: { readonly artifact: number; readonly position: number }[];
}

/**
 * A class claims a file of a set if it claims it in every image whose containers see it; a hidden file of one image is waste of the set
 * only if it is hidden in all. A store item has to be claimed in every closure that has it.
 * O(rows of all), with one chain's entries in memory.
 */
export function claimSet(artifacts: readonly ClaimedArtifact[]): SetClaims {
  const list = new ClaimList();
  const chains = listChains(artifacts);
  const seen = new Set<string>();
  let total = claimItems(artifacts, list);
  let misplaced = 0;
  for (const [at, chain] of chains.entries()) {
    const again = seen.has(chain.diffId) && chain.contentSize > 0;
    seen.add(chain.diffId);
    if (again) misplaced++;
    total += chain.contentSize;
    claimChain(list, { artifacts, chain, at, mask: again ? ORDER : 0 });
  }
  return { claims: list.toClaims(), chains: chains.map(({ places }) => places[0]!), total, misplaced };
}

function listChains(artifacts: readonly ClaimedArtifact[]): Chain[] {
  const chains = new Map<string, Chain>();
  for (const [artifact, { held }] of artifacts.entries()) {
    if (held.kind !== "image") continue;
    for (const [position, { chainId, ...layer }] of held.layers.entries()) {
      const known = chains.get(chainId) ?? { ...layer, places: [] };
      known.places.push({ artifact, position });
      chains.set(chainId, known);
    }
  }
  return [...chains.values()];
}

interface ChainClaim {
  readonly artifacts: readonly ClaimedArtifact[];
  readonly chain: Chain;
  readonly at: number;
  /** Classes of the whole layer. */
  readonly mask: AdviceMask;
}

function claimChain(list: ClaimList, { artifacts, chain, at, mask: whole }: ChainClaim): void {
  const { entryCount, contentSize, places } = chain;
  const seen = new Uint16Array(entryCount).fill(ANY);
  const hidden = new Uint16Array(entryCount).fill(ANY);
  const bytes = new Float64Array(entryCount);
  for (const { artifact, position } of places) {
    const { claims } = artifacts[artifact]!;
    const own = new Uint16Array(entryCount);
    const [from, to] = findLayer(claims, position);
    for (let row = from; row < to; row++) {
      own[claims.entry[row]!] = claims.mask[row]!;
      bytes[claims.entry[row]!] = claims.bytes[row]!;
    }
    for (let entry = 0; entry < entryCount; entry++) {
      if ((own[entry]! & WASTED) === 0) seen[entry]! &= own[entry]!;
      else hidden[entry]! &= own[entry]!;
    }
  }
  let rest = contentSize;
  for (let entry = 0; entry < entryCount; entry++) {
    const mask = seen[entry] === ANY ? hidden[entry]! : seen[entry]!;
    if (mask === 0) continue;
    list.add({ mask: mask | whole, bytes: bytes[entry]!, layer: at, entry });
    rest -= bytes[entry]!;
  }
  if (whole !== 0 && rest > 0) list.add({ mask: whole, bytes: rest, layer: at, entry: entryCount });
}

/** The rows of a layer: they are in the order of layers. */
function findLayer({ layer, count }: Claims, position: number): [from: number, to: number] {
  const bound = (wanted: number) => {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (layer[middle]! < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return [bound(position), bound(position + 1)];
}

interface Item {
  mask: number;
  readonly bytes: number;
  readonly node: number;
}

/** Store items of all closures, each once; returns their bytes. Equal files in them are left to each closure alone. */
function claimItems(artifacts: readonly ClaimedArtifact[], list: ClaimList): number {
  const items = new Map<number, Item>();
  for (const { held, claims } of artifacts) {
    if (held.kind === "image") continue;
    const mask = new Uint16Array(held.items.count);
    for (let row = 0; row < claims.count; row++) mask[claims.entry[row]!]! |= claims.mask[row]! & ~DUPLICATES;
    for (let node = 0; node < held.items.count; node++) {
      const component = held.items.componentId[node]!;
      const known = items.get(component);
      if (known === undefined) items.set(component, { mask: mask[node]!, bytes: held.items.narSize[node]!, node });
      else known.mask &= mask[node]!;
    }
  }
  let total = 0;
  for (const { mask, bytes, node } of items.values()) {
    total += bytes;
    if (mask !== 0) list.add({ mask, bytes, layer: -1, entry: node });
  }
  return total;
}
