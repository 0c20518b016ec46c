import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Holding } from "#lib/model/holding.ts";
import { arbitraryHoldings, listNaiveUnits, sumNaive } from "#testing/builders/holdings.ts";
import { buildRung, ROW_RUNGS } from "./build-rung.ts";
import { computeLadder } from "./ladder.ts";

const sets = arbitraryHoldings({ min: 1, max: 5 });
const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, number) => total + number, 0);

describe("a rung", () => {
  it("counts each unit once over the set, as defined", () => {
    fc.assert(
      fc.property(sets, fc.constantFrom(...ROW_RUNGS), (holdings, name) => {
        const rung = buildRung(name, holdings);
        const naive = holdings.map((holding) => new Map(listNaiveUnits(name, holding)));
        const union = new Map(naive.flatMap((each) => [...each]));
        expect([rung.unitCount, sum(rung.bytes)]).toEqual([union.size, sumNaive(union)]);
        expect(rung.sets.map((set) => sum([...set].map((unit) => rung.bytes[unit]!)))).toEqual(naive.map(sumNaive));
        expect(rung.sets.map((set) => new Set(set).size)).toEqual(naive.map(({ size }) => size));
      }),
    );
  });

  it("gives for each unit an artifact and a row with it", () => {
    fc.assert(
      fc.property(sets, fc.constantFrom(...ROW_RUNGS), (holdings, name) => {
        const { unitCount, holder, row, unitOfRow, itemOfRow } = buildRung(name, holdings);
        for (let unit = 0; unit < unitCount; unit++) {
          const items = itemOfRow?.[holder[unit]!];
          const units = unitOfRow[holder[unit]!]!;
          if (items === undefined) expect(units[row[unit]!]).toBe(unit);
          else expect([...items].filter((_, k) => units[k] === unit)).toContain(row[unit]);
        }
      }),
    );
  });

  it("is an estimate by file if a closure in the set has unread files", () => {
    const isUnread = (held: Holding) =>
      held.kind === "closure" && [...held.items.componentId.keys()].some((i) => held.items.bodies?.known[i] !== 1);
    fc.assert(
      fc.property(sets, (holdings) => {
        const estimated = ROW_RUNGS.filter((name) => buildRung(name, holdings).estimated);
        expect(estimated).toEqual(holdings.some(isUnread) ? ["file"] : []);
      }),
    );
  });

  it("counts a file of both an image and a closure once", () => {
    fc.assert(
      fc.property(arbitraryHoldings({ min: 1, max: 4, unread: false }), (holdings) => {
        const contents = new Map<number, number>();
        for (const held of holdings) {
          const bodies = held.kind === "image" ? held.bodies : held.items.bodies;
          bodies?.contentId.forEach((id, i) => void contents.set(id, bodies.byteCount[i]!));
        }
        const rung = buildRung("file", holdings);
        expect([rung.estimated, rung.unitCount, sum(rung.bytes)]).toEqual([
          false,
          contents.size,
          sum(contents.values()),
        ]);
      }),
    );
  });
});

describe("the ladder", () => {
  it("never rises from unshared through chain, layer and live to file", () => {
    fc.assert(
      fc.property(sets, (holdings) => {
        const bytes = new Map(computeLadder(holdings).rungs.map((step) => [step.rung, step.bytes]));
        const falling = (["unshared", "chain", "layer", "live", "file"] as const).map((rung) => bytes.get(rung)!);
        expect(falling).toEqual(falling.toSorted((a, b) => b - a));
      }),
    );
  });

  it("never rises in downloads from unshared through blob and live to file", () => {
    fc.assert(
      fc.property(arbitraryHoldings({ min: 1, max: 5, closures: false }), (holdings) => {
        const steps = computeLadder(holdings).download.filter(({ rung }) => rung !== "package");
        expect(steps.map(({ rung }) => rung)).toEqual(["unshared", "blob", "live", "file"]);
        expect(steps.map(({ estimated }) => estimated)).toEqual([false, false, true, true]);
        const bytes = steps.map((step) => step.bytes ?? Number.NaN);
        expect(bytes).toEqual(bytes.toSorted((a, b) => b - a));
      }),
    );
  });

  it("attributes the order penalty to layers, to the byte", () => {
    fc.assert(
      fc.property(sets, (holdings) => {
        const { orderPenalty, penalisedLayers, rungs } = computeLadder(holdings);
        expect(sum(penalisedLayers.map(({ extraBytes }) => extraBytes))).toBe(orderPenalty);
        expect(orderPenalty).toBe(rungs[1]!.bytes! - rungs[2]!.bytes!);
        for (const { places, copies } of penalisedLayers) {
          expect(new Set(places.map(({ chainId }) => chainId)).size).toBe(copies);
        }
      }),
    );
  });

  it("gives for each artifact the bytes it adds to all the others", () => {
    fc.assert(
      fc.property(sets, fc.nat(), (holdings, pick) => {
        const i = pick % holdings.length;
        const others = computeLadder(holdings.filter((_, k) => k !== i)).rungs;
        for (const [k, step] of computeLadder(holdings).rungs.entries()) {
          expect([step.rung, step.marginal[i]]).toEqual([step.rung, step.bytes! - others[k]!.bytes!]);
        }
      }),
    );
  });
});
