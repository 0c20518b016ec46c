import { shortImageName } from "#lib/model/image-name.ts";
import type { Descendant } from "#lib/moves/lineage/find-bases.ts";

/** The base of each image, by its position, -1 for none, with its evidence: every image is compared with every other. */
export function naiveBases(images: readonly Descendant[]): { base: number; evidence: string }[] {
  const found = images.map(() => ({ base: -1, evidence: "" }));
  const rules = { provenance: byProvenance, chain: byChain, digest: byDigest, name: byName };
  for (const [evidence, rule] of Object.entries(rules)) {
    for (const [i, image] of images.entries()) {
      if (found[i]!.base !== -1) continue;
      const base = rule(images, image);
      if (base === undefined) continue;
      const below = new Set<number>();
      for (let at = images.indexOf(base); at !== -1; at = found[at]!.base) below.add(at);
      if (!below.has(i)) found[i] = { base: images.indexOf(base), evidence };
    }
  }
  return found;
}

const shared = (a: Descendant, b: Descendant) => {
  const different = a.chain.findIndex((chainId, i) => b.chain[i] !== chainId);
  return different === -1 ? a.chain.length : different;
};
const isWhole = (image: Descendant, base: Descendant) =>
  base.chain.length > 0 && shared(image, base) === base.chain.length;
const hasName = ({ names }: Descendant) => names.some(({ until }) => until === null);

/** Ordered as a sentence would: by shared layers, whole, named now, name, digest. */
function best(image: Descendant, candidates: readonly Descendant[]): Descendant | undefined {
  const key = (base: Descendant) => [
    1000 - shared(image, base),
    isWhole(image, base) ? 0 : 1,
    hasName(base) ? 0 : 1,
    base.name,
    base.digest,
  ];
  return candidates
    .filter((each) => each !== image)
    .sort((a, b) => {
      const [left, right] = [key(a), key(b)];
      const i = left.findIndex((part, at) => part !== right[at]);
      if (i === -1) return 0;
      return left[i]! < right[i]! ? -1 : 1;
    })[0];
}

const claimed = (images: readonly Descendant[], { claims }: Descendant, own?: boolean) =>
  images.filter(({ digest }) =>
    claims.some((claim) => claim.digest === digest && (own === undefined || claim.isOwn === own)),
  );

function byProvenance(images: readonly Descendant[], image: Descendant): Descendant | undefined {
  const named = claimed(images, image, false).filter((each) => each !== image);
  const base = best(image, named);
  if (base === undefined || shared(image, base) === 0) return undefined;
  if (isWhole(image, base)) return base;
  const other = byChain(images, image);
  if (named.length > 1) return undefined;
  return other !== undefined && shared(image, other) >= shared(image, base) ? undefined : base;
}

function byChain(images: readonly Descendant[], image: Descendant): Descendant | undefined {
  const prefixes = images.filter((base) => isWhole(image, base) && base.chain.length < image.chain.length);
  const longest = Math.max(...prefixes.map(({ chain }) => chain.length));
  const same = prefixes.filter(({ chain }) => chain.length === longest);
  const named = claimed(same, image);
  return best(image, named.length > 0 ? named : same);
}

function byDigest(images: readonly Descendant[], image: Descendant): Descendant | undefined {
  return best(image, claimed(images, image, true));
}

function byName(images: readonly Descendant[], image: Descendant): Descendant | undefined {
  const names = image.claims.filter(({ isOwn }) => isOwn).map(({ name }) => name);
  const called = (wanted: readonly string[]) =>
    images.filter((base) =>
      base.names.some(({ name }) => wanted.includes(name) || wanted.includes(shortImageName(name))),
    );
  return best(image, called(names)) ?? best(image, called(names.map(shortImageName)));
}

/** By image the wave in which it is built; images that wait for each other in a circle are left out. */
export function naiveWaves(builtOn: ReadonlyMap<number, number>): Map<number, number> {
  const waves = new Map<number, number>();
  for (let wave = 1; wave <= builtOn.size; wave++) {
    const ready = [...builtOn].filter(
      ([image, on]) => !waves.has(image) && (!builtOn.has(on) || (waves.get(on) ?? wave) < wave),
    );
    for (const [image] of ready) waves.set(image, wave);
  }
  return waves;
}
