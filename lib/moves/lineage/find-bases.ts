import { shortImageName } from "#lib/model/image-name.ts";
import { BASE_EVIDENCE, type BaseEvidence } from "#lib/model/lineage.ts";

/** What bases are found by. */
export interface Descendant {
  /** `sha256:…`, or what else tells images apart. */
  readonly digest: string;
  readonly name: string;
  /** ChainIDs, the lowest layer's first. */
  readonly chain: readonly string[];
  /** Names that it has or had; `until`: `null` for one that it has. */
  readonly names: readonly { readonly name: string; readonly until: number | null }[];
  /** `isOwn`: the image says so itself; else its provenance does. */
  readonly claims: readonly BaseMention[];
}

interface BaseMention {
  readonly name: string;
  readonly digest: string | null;
  readonly isOwn: boolean;
}

/** The image that another one stands on. */
export interface FoundBase {
  /** Its position in the list. */
  readonly base: number;
  readonly evidence: BaseEvidence;
  /** Lowest layers that both have. */
  readonly sharedLayers: number;
}

/**
 * For each image the one that it stands on, `undefined` if none of them is. Evidence that would make an image stand on itself,
 * through others, is dropped: the weaker first. Linear in the layers and claims, but for the way down from each image.
 */
export function findBases(images: readonly Descendant[]): (FoundBase | undefined)[] {
  const candidates = new BaseCandidates(images);
  const found: (FoundBase | undefined)[] = images.map(() => undefined);
  for (const evidence of BASE_EVIDENCE) {
    for (const image of images.keys()) {
      if (found[image] !== undefined) continue;
      const base = candidates.find(image, evidence);
      if (base === undefined || standsOn(found, base, image)) continue;
      found[image] = { base, evidence, sharedLayers: candidates.countShared(image, base) };
    }
  }
  return found;
}

/** Whether `upper` is `lower`, or stands on it through any number of others. */
function standsOn(found: readonly (FoundBase | undefined)[], upper: number, lower: number): boolean {
  let at: number | undefined = upper;
  while (at !== undefined && at !== lower) at = found[at]?.base;
  return at === lower;
}

class BaseCandidates {
  readonly #images: readonly Descendant[];
  /** By the ChainID of all its layers. */
  readonly #byChain: ReadonlyMap<string, readonly number[]>;
  readonly #byDigest: ReadonlyMap<string, number>;
  readonly #byName: ReadonlyMap<string, readonly number[]>;

  constructor(images: readonly Descendant[]) {
    this.#images = images;
    const layered = [...images.keys()].filter((image) => images[image]!.chain.length > 0);
    this.#byChain = Map.groupBy(
      layered.sort((a, b) => this.#compareWhole(a, b)),
      (image) => images[image]!.chain.at(-1)!,
    );
    this.#byDigest = new Map(images.map(({ digest }, image) => [digest, image]));
    this.#byName = groupByName(images);
  }

  find(image: number, evidence: BaseEvidence): number | undefined {
    if (evidence === "provenance") return this.#byProvenance(image);
    if (evidence === "chain") return this.#byLayers(image);
    return evidence === "digest" ? this.#byOwnDigest(image) : this.#byOwnName(image);
  }

  countShared(left: number, right: number): number {
    const [one, other] = [this.#images[left]!.chain, this.#images[right]!.chain];
    let length = 0;
    while (length < one.length && one[length] === other[length]) length++;
    return length;
  }

  /**
   * Provenance names every image that a build used. The base is the one with most of the lowest layers, whole images first. One that
   * is only partly in this image is a base if nothing else was used, and if no other image explains as many layers.
   */
  #byProvenance(image: number): number | undefined {
    const named = this.#claimed(image, (claim) => !claim.isOwn);
    const best = this.#choose(image, named);
    if (best === undefined) return undefined;
    const shared = this.countShared(image, best);
    if (shared === 0) return undefined;
    if (this.#isWhole(best, shared)) return best;
    const other = this.#byLayers(image);
    return named.length > 1 || (other !== undefined && this.countShared(image, other) >= shared) ? undefined : best;
  }

  /** The image with the longest whole chain that is a proper prefix of this one's; of several, one that this one names. */
  #byLayers(image: number): number | undefined {
    const { chain } = this.#images[image]!;
    for (let length = chain.length - 1; length > 0; length--) {
      const [first] = this.#byChain.get(chain[length - 1]!) ?? [];
      if (first === undefined) continue;
      const claimed = this.#claimed(image, () => true).filter((each) => this.#hasChain(each, chain[length - 1]!));
      return this.#choose(image, claimed) ?? first;
    }
    return undefined;
  }

  #byOwnDigest(image: number): number | undefined {
    return this.#choose(
      image,
      this.#claimed(image, ({ isOwn }) => isOwn),
    );
  }

  #byOwnName(image: number): number | undefined {
    const names = this.#images[image]!.claims.filter(({ isOwn }) => isOwn).map(({ name }) => name);
    const exact = names.flatMap((name) => this.#byName.get(name) ?? []);
    const short = names.flatMap((name) => this.#byName.get(shortImageName(name)) ?? []);
    const others = (found: readonly number[]) => found.filter((each) => each !== image);
    return this.#choose(image, others(exact)) ?? this.#choose(image, others(short));
  }

  /** The other images whose digests its claims name, each once. */
  #claimed(image: number, isWanted: (claim: BaseMention) => boolean): number[] {
    const digests = this.#images[image]!.claims.filter(isWanted).flatMap(({ digest }) => digest ?? []);
    return [...new Set(digests)].flatMap((digest) => this.#byDigest.get(digest) ?? []).filter((each) => each !== image);
  }

  /** The one with most shared layers; of several, one that is below this image as a whole, then the first as ordered below. */
  #choose(image: number, candidates: readonly number[]): number | undefined {
    let best: { readonly candidate: number; readonly shared: number } | undefined;
    for (const candidate of candidates) {
      const shared = this.countShared(image, candidate);
      if (best === undefined || shared > best.shared || (shared === best.shared && this.#isBetter(candidate, best)))
        best = { candidate, shared };
    }
    return best?.candidate;
  }

  #isBetter(candidate: number, { candidate: best, shared }: { readonly candidate: number; readonly shared: number }) {
    const order = Number(this.#isWhole(best, shared)) - Number(this.#isWhole(candidate, shared));
    return (order || this.#compareWhole(candidate, best)) < 0;
  }

  /** Images with a current name first, by name. */
  #compareWhole(a: number, b: number): number {
    const [one, other] = [this.#images[a]!, this.#images[b]!];
    const order = Number(isCurrent(other)) - Number(isCurrent(one));
    return order || compare(one.name, other.name) || compare(one.digest, other.digest);
  }

  #hasChain(candidate: number, chainId: string): boolean {
    return this.#images[candidate]!.chain.at(-1) === chainId;
  }

  #isWhole(candidate: number, shared: number): boolean {
    return shared > 0 && shared === this.#images[candidate]!.chain.length;
  }
}

/** Whether a name refers to the image now. */
export function isCurrent({ names }: Pick<Descendant, "names">): boolean {
  return names.some(({ until }) => until === null);
}

/** Each name that an image has or had, as it is and short. */
function groupByName(images: readonly Descendant[]): ReadonlyMap<string, readonly number[]> {
  const named = new Map<string, Set<number>>();
  for (const [image, { names }] of images.entries()) {
    for (const name of new Set(names.flatMap((each) => [each.name, shortImageName(each.name)])))
      named.set(name, (named.get(name) ?? new Set()).add(image));
  }
  return new Map([...named].map(([name, found]) => [name, [...found]]));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
