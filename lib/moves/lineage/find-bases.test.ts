import { expect, it } from "vitest";
import { naiveBases, naiveWaves } from "#testing/oracles/naive-lineage.ts";
import { basesFirst, countAbove, listAbove, listBelow, listChildren } from "./families.ts";
import { type Descendant, findBases } from "./find-bases.ts";
import { countWaves, findMoved, findStale, type NamedImage } from "./find-stale.ts";

type Given = Partial<Omit<Descendant, "names">> & { readonly names?: readonly string[] };

function image(name: string, chain: string, { names = [name], ...given }: Given = {}): Descendant {
  return {
    digest: `sha256:${name}`,
    name,
    chain: [...chain].map((_, i) => chain.slice(0, i + 1)),
    names: names.map((each) => ({ name: each, until: null })),
    claims: [],
    ...given,
  };
}

const own = (name: string, digest: string | null = null) => ({ name, digest, isOwn: true });
const used = (digest: string) => ({ name: "", digest: `sha256:${digest}`, isOwn: false });

/** `image: base by evidence`, for those that have one. */
function describeBases(...images: Descendant[]): string[] {
  return findBases(images).flatMap((found, i) =>
    found === undefined ? [] : `${images[i]!.name}: ${images[found.base]!.name} by ${found.evidence}`,
  );
}

it("finds the image with the longest whole chain below", () => {
  expect(describeBases(image("base", "a"), image("web", "abc"), image("sql", "ab"), image("other", "xy"))).toEqual([
    "web: sql by chain",
    "sql: base by chain",
  ]);
});

it("does not take an image with the same layers, or with some of the lower ones, for a base", () => {
  expect(describeBases(image("one", "ab"), image("two", "ab"), image("three", "ac"), image("empty", ""))).toEqual([]);
});

it("takes the claimed one of two images with the same chain, else one that has a name, else the first by name", () => {
  const [one, two] = [image("one", "a"), image("two", "a")];
  expect(describeBases(two, one, image("app", "ab"))).toEqual(["app: one by chain"]);
  expect(describeBases(two, image("one", "a", { names: [] }), image("app", "ab"))).toEqual(["app: two by chain"]);
  expect(describeBases(one, two, image("app", "ab", { claims: [own("", "sha256:two")] }))).toEqual([
    "app: two by chain",
  ]);
});

it("takes of the images that provenance names the one with most of the lowest layers", () => {
  const app = image("app", "abc", { claims: [used("builder"), used("base"), used("frontend")] });
  expect(describeBases(app, image("builder", "axyz"), image("base", "ab"), image("frontend", "q"))).toEqual([
    "app: base by provenance",
  ]);
});

it("does not take a builder for a base, though both have a layer in common", () => {
  const app = image("app", "ab", { claims: [used("builder"), used("other")] });
  expect(describeBases(app, image("builder", "axyz"), image("other", "q"))).toEqual([]);
  expect(describeBases(image("app", "b", { claims: [used("builder")] }), image("builder", "axyz"))).toEqual([]);
});

it("believes a digest or a name that the image gives, if no layers say more", () => {
  const base = image("localhost/base:latest", "pq");
  expect(describeBases(base, image("app", "ab", { claims: [own("x", base.digest)] }))).toEqual([
    "app: localhost/base:latest by digest",
  ]);
  expect(describeBases(base, image("app", "ab", { claims: [own("docker.io/library/base")] }))).toEqual([
    "app: localhost/base:latest by name",
  ]);
  expect(describeBases(image("one", "a"), base, image("app", "ab", { claims: [own("x", base.digest)] }))).toEqual([
    "app: one by chain",
  ]);
});

it("drops the weaker evidence of a circle", () => {
  const base = image("base", "a", { claims: [own("", "sha256:app")] });
  expect(describeBases(base, image("app", "ab"))).toEqual(["app: base by chain"]);
  const [one, two] = [image("one", "x", { claims: [own("two")] }), image("two", "y", { claims: [own("one")] })];
  expect(describeBases(one, two)).toEqual(["one: two by name"]);
});

it("equals an oracle that compares every image with every other, and never makes a circle", () => {
  for (let seed = 1; seed <= 300; seed++) {
    const images = randomImages(randomFrom(seed));
    const found = findBases(images);
    expect(
      found.map((each) => ({ base: each?.base ?? -1, evidence: each?.evidence ?? "" })),
      `seed ${seed}`,
    ).toEqual(naiveBases(images));
    const bases = found.map((each) => each?.base ?? -1);
    expect(basesFirst(bases), `seed ${seed}`).toHaveLength(images.length);
    const children = listChildren(bases);
    for (const [i, count] of countAbove(bases).entries()) {
      const above = listAbove(children, i);
      expect(above).toHaveLength(count);
      for (const each of above) expect(listBelow(bases, each.image).at(-each.steps)).toBe(i);
    }
  }
});

it("counts waves like an oracle that builds what is ready, and ends where images wait for each other", () => {
  for (let seed = 1; seed <= 300; seed++) {
    const random = randomFrom(seed);
    const builtOn = new Map(Array.from({ length: 12 }, (_, i): [number, number] => [i, random(16)]));
    const waves = countWaves(builtOn);
    const naive = naiveWaves(builtOn);
    expect([...waves.keys()].sort((a, b) => a - b)).toEqual([...builtOn.keys()]);
    expect(new Map([...waves].filter(([image]) => naive.has(image)).sort())).toEqual(new Map([...naive].sort()));
  }
});

const at = (name: string, since: number, until: number | null = null) => ({ name, since, until });
const named = (...names: NamedImage["names"]): NamedImage => ({ platform: "linux/amd64", names });

/** `image wave`, with the image to build it on. */
function describeStale(images: readonly NamedImage[], bases: readonly number[]): string[] {
  return findStale(images, bases, findMoved(images)).map(
    ({ image: i, wave, moved }) => `${i} in wave ${wave}${moved === undefined ? "" : ` on ${moved.newer}`}`,
  );
}

it("calls images stale whose base has lost its name, and those that stand on them, in a later wave", () => {
  const images = [named(at("base", 1, 5)), named(at("base", 5)), named(at("lib", 2)), named(at("app", 3))];
  expect(describeStale(images, [-1, -1, 0, 2])).toEqual(["2 in wave 1 on 1", "3 in wave 2"]);
});

it("builds first what an image is built on, if that is stale itself", () => {
  const images = [
    named(at("os", 1, 5)),
    named(at("os", 5)),
    named(at("lib", 1, 3)),
    named(at("lib", 3)),
    named(at("app", 2)),
  ];
  expect(describeStale(images, [-1, -1, 0, 0, 2])).toEqual(["3 in wave 1 on 1", "4 in wave 2 on 3"]);
});

it("does not call an older snapshot stale, nor an image whose base has its name back, or has a name of another platform", () => {
  const moved = [named(at("base", 1, 5)), named(at("base", 5)), named(at("app", 2, 6)), named(at("app", 6))];
  expect(describeStale(moved, [-1, -1, 0, 1])).toEqual([]);
  const back = [named(at("base", 1, 5), at("base", 7)), named(at("base", 5, 7)), named(at("app", 2))];
  expect(describeStale(back, [-1, -1, 0])).toEqual([]);
  const arm = { ...named(at("base", 5)), platform: "linux/arm64" };
  expect(describeStale([named(at("base", 1, 5)), arm, named(at("app", 2))], [-1, -1, 0])).toEqual([]);
});

it("does not call the image stale to which its base's name has moved", () => {
  const images = [named(at("app", 1, 5)), named(at("app", 5)), named(at("other", 2))];
  expect(describeStale(images, [-1, 0, 0])).toEqual(["2 in wave 1 on 1"]);
});

it("takes 1,000 images in less than 200 ms, also if all claim each other", () => {
  const random = randomFrom(7);
  const families = Array.from({ length: 1000 }, (_, i) => {
    const chain = Array.from({ length: 20 }, (__, layer) => `${layer < 10 ? i % 40 : i} ${layer}`);
    return { ...image(`${i}`, ""), chain: chain.slice(0, 5 + random(15)), claims: [own(`${random(1000)}`)] };
  });
  const claiming = Array.from({ length: 1000 }, (_, i) => image(`${i}`, "", { claims: [own(`${(i + 1) % 1000}`)] }));
  for (const images of [families, claiming]) {
    const start = performance.now();
    findBases(images);
    expect(performance.now() - start).toBeLessThan(200);
  }
});

/** Numbers below a limit, always the same for a seed. */
function randomFrom(seed: number): (limit: number) => number {
  let state = seed * 2_654_435_761;
  return (limit) => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 374_761_393) >>> 0;
    return state % limit;
  };
}

function randomImages(random: (limit: number) => number): Descendant[] {
  const count = 3 + random(12);
  return Array.from({ length: count }, (_, i) => {
    const chain = Array.from({ length: random(5) }, () => "ab"[random(2)]).join("");
    const claims = Array.from({ length: random(4) }, () => ({
      name: `n${random(6)}${random(2) === 0 ? "" : ":latest"}`,
      digest: random(2) === 0 ? null : `sha256:i${random(count)}`,
      isOwn: random(2) === 0,
    }));
    const names = Array.from({ length: random(3) }, () => ({
      name: `${random(2) === 0 ? "" : "localhost/"}n${random(6)}`,
      until: random(2) === 0 ? null : 1,
    }));
    return { ...image(`i${i}`, chain, { claims }), name: `n${random(4)}`, names };
  });
}
