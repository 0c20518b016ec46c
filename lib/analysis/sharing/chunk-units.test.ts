import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CutBodies } from "#lib/model/chunk.ts";
import type { DiffId, Digest } from "#lib/model/digest.ts";
import type { ClosureHolding, HeldLayer, Holding, ImageHolding } from "#lib/model/holding.ts";
import { arbitraryHoldings, byteCountOf, listNaiveUnits } from "#testing/builders/holdings.ts";
import { buildRung } from "./build-rung.ts";
import { buildChunkRung } from "./chunk-units.ts";
import { computeLadder } from "./ladder.ts";

const digest = `sha256:${"0".repeat(64)}` as Digest;
const LAYER: HeldLayer = {
  layerId: 1,
  diffId: digest as DiffId,
  chainId: digest as HeldLayer["chainId"],
  digest,
  downloadSize: 50,
  contentSize: 100,
  entryCount: 9,
};

/** An image whose bodies have these contents; bytes of each by `bytesOf`. */
function buildImage(
  artifactId: number,
  contents: readonly number[],
  bytesOf: (content: number) => number,
): ImageHolding {
  const count = contents.length;
  const bodies = {
    count,
    layer: new Int32Array(count),
    entry: Int32Array.from(contents.keys()),
    byteCount: Float64Array.from(contents, bytesOf),
    contentId: Int32Array.from(contents),
    owner: new Int32Array(count),
    place: new Float64Array(count).fill(-1),
  };
  return { kind: "image", artifactId, layers: [LAYER], bodies };
}

const chunkBytes = (id: number) => 100 + id;
const cutOf = (cuts: readonly (readonly number[])[]): CutBodies => ({
  chunkIds: new Map(cuts.map((ids, i) => [i + 1, Int32Array.from(ids)])),
  chunkBytes: new Map(cuts.flat().map((id) => [id, chunkBytes(id)])),
});
const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, number) => total + number, 0);

const chunkLists = fc.array(fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 5 }), {
  minLength: 1,
  maxLength: 8,
});
const picks = fc.array(fc.array(fc.nat(100), { maxLength: 10 }), { minLength: 1, maxLength: 4 });

const CONTENTS = Array.from({ length: 12 }, (_, i) => i + 1);

/** Chunks for the test's contents: all but the empty one begin with one common chunk of 2 bytes and end with a unique one. */
function cutContents(contents: readonly number[]): CutBodies {
  const chunkIds = contents.map((id): [number, Int32Array] => [
    id,
    Int32Array.from(byteCountOf(id) === 0 ? [] : [1, id]),
  ]);
  return {
    chunkIds: new Map(chunkIds),
    chunkBytes: new Map(CONTENTS.map((id) => [id, id === 1 ? 2 : byteCountOf(id) - 2])),
  };
}

/** The units of one artifact in text form: chunks, bodies without chunks, unread items. */
function listChunkUnits(holding: Holding, { chunkIds, chunkBytes }: CutBodies): [unit: string, bytes: number][] {
  return listNaiveUnits("file", holding).flatMap(([unit, bytes]): [string, number][] => {
    const chunks = unit.startsWith("sha256") ? chunkIds.get(Number(unit.split(" ")[1])) : undefined;
    return chunks === undefined ? [[unit, bytes]] : [...chunks].map((id) => [`chunk ${id}`, chunkBytes.get(id)!]);
  });
}

describe("the chunk rung", () => {
  it("is the union of the chunks of all bodies, and no more bytes than the file rung", () => {
    fc.assert(
      fc.property(chunkLists, picks, (cuts, images) => {
        const bytesOf = (content: number) => sum(cuts[content - 1]!.map(chunkBytes));
        const contents = images.map((each) => each.map((pick) => 1 + (pick % cuts.length)));
        const holdings = contents.map((each, i) => buildImage(i, each, bytesOf));
        const rung = buildChunkRung(holdings, cutOf(cuts));
        const naive = contents.map((each) => new Set(each.flatMap((content) => cuts[content - 1]!)));
        const union = new Set(naive.flatMap((each) => [...each]));
        expect([rung.unitCount, sum(rung.bytes), rung.estimated]).toEqual([
          union.size,
          sum([...union].map(chunkBytes)),
          false,
        ]);
        expect(rung.sets.map((set) => sum([...set].map((unit) => rung.bytes[unit]!)))).toEqual(
          naive.map((each) => sum([...each].map(chunkBytes))),
        );
        expect(sum(rung.bytes)).toBeLessThanOrEqual(sum(buildRung("file", holdings).bytes));
      }),
    );
  });

  it("gives for each unit a body that contains it", () => {
    const cuts = [[1, 2], [2, 3, 3], [4]];
    const holdings = [buildImage(1, [1, 2], () => 0), buildImage(2, [3, 2], () => 0)];
    const rung = buildChunkRung(holdings, cutOf(cuts));
    const bodies = [...rung.bytes].map((bytes, unit) => [bytes - 100, rung.holder[unit], rung.row[unit]]);
    expect(bodies).toEqual([
      [1, 0, 0],
      [2, 0, 0],
      [3, 0, 1],
      [4, 1, 0],
    ]);
    expect(rung.unitOfRow).toBeUndefined();
  });

  it("is exact for a closure whose files are all read and chunked, shares its chunks with images, and never exceeds the files", () => {
    fc.assert(
      fc.property(arbitraryHoldings({ min: 1, max: 4 }), fc.subarray(CONTENTS), (holdings, uncut) => {
        const cut = cutContents(CONTENTS.filter((content) => !uncut.includes(content)));
        const rung = buildChunkRung(holdings, cut);
        const naive = holdings.map((holding) => new Map(listChunkUnits(holding, cut)));
        const union = new Map(naive.flatMap((each) => [...each]));
        expect([rung.unitCount, sum(rung.bytes)]).toEqual([union.size, sum(union.values())]);
        expect(rung.sets.map((set) => sum([...set].map((unit) => rung.bytes[unit]!)))).toEqual(
          naive.map((each) => sum(each.values())),
        );
        expect(rung.estimated).toBe([...union.keys()].some((unit) => !unit.startsWith("chunk")));
        expect(sum(rung.bytes)).toBeLessThanOrEqual(sum(buildRung("file", holdings).bytes));
      }),
    );
  });

  it("counts a body without chunks and an unread item as a whole, and is then an estimate", () => {
    const image = buildImage(1, [1, 7], (content) => content * 10);
    const closure: ClosureHolding = {
      kind: "closure",
      artifactId: 2,
      items: { count: 1, componentId: Float64Array.of(7), narSize: Float64Array.of(1000) },
    };
    const cut = cutOf([[7]]);
    expect(buildChunkRung([image], cut)).toMatchObject({ unitCount: 2, estimated: true });
    const rung = buildChunkRung([image, closure], cut);
    expect([...rung.bytes]).toEqual([107, 70, 1000]);
    expect(rung.estimated).toBe(true);
  });

  it("is below the files on the ladder", () => {
    const holdings = [buildImage(1, [1, 2], () => 300), buildImage(2, [2], () => 300)];
    const { rungs } = computeLadder(holdings, [
      buildChunkRung(
        holdings,
        cutOf([
          [1, 2],
          [2, 3],
        ]),
      ),
    ]);
    expect(rungs.slice(-2).map(({ rung, bytes }) => [rung, bytes])).toEqual([
      ["file", 600],
      ["chunk", 306],
    ]);
  });
});
