import fc from "fast-check";
import { expect, it } from "vitest";
import type { Holding } from "#lib/model/holding.ts";
import { arbitraryHoldings, componentsOf, listItemUnits, listNaiveUnits } from "#testing/builders/holdings.ts";
import { computeAlignable } from "./alignable.ts";
import { buildRung } from "./build-rung.ts";

function listOwnedUnits(rung: string, holding: Holding) {
  if (holding.kind === "image") {
    return listNaiveUnits(rung, holding).map(([unit, bytes], row) => ({
      unit,
      bytes,
      owner: holding.bodies.owner[row]!,
    }));
  }
  return [...holding.items.componentId.keys()].flatMap((owner) => {
    return listItemUnits(rung, holding.items, owner).map(([unit, bytes]) => ({ unit, bytes, owner }));
  });
}

/** For each unit the components with it, as `kind/name` and id. */
function listHolders(holdings: readonly Holding[], rung: string) {
  const holders = new Map<string, { bytes: number; names: Set<string>; ids: Set<string> }>();
  for (const holding of holdings) {
    const components = componentsOf(holding);
    for (const { unit, bytes, owner } of listOwnedUnits(rung, holding)) {
      const { kind, name, id } = components[owner]!;
      const known = holders.get(unit) ?? { bytes, names: new Set(), ids: new Set() };
      known.names.add(`${kind}/${name}`);
      known.ids.add(id);
      holders.set(unit, known);
    }
  }
  return [...holders.values()];
}

it("counts only bytes that no kept variant and no other name needs, whichever variant is kept", () => {
  const rungs = fc.constantFrom("live" as const, "package" as const, "file" as const);
  fc.assert(
    fc.property(arbitraryHoldings({ min: 1, max: 5 }), rungs, (holdings, rung) => {
      const alignable = computeAlignable(holdings, holdings.map(componentsOf), buildRung(rung, holdings));
      const holders = listHolders(holdings, rung);
      for (const { kind, name, variants, savedBytes } of alignable) {
        expect(kind).not.toBe("unowned");
        expect(variants.length).toBeGreaterThan(1);
        const own = holders.filter(({ names }) => names.size === 1 && names.has(`${kind}/${name}`));
        const saved = variants.map(({ id }) =>
          own.filter(({ ids }) => !ids.has(id)).reduce((sum, { bytes }) => sum + bytes, 0),
        );
        expect(savedBytes).toBe(Math.min(...saved));
        for (const { id, in: artifacts } of variants) {
          const having = holdings.flatMap((holding, k) =>
            componentsOf(holding).some((component) => component.id === id) ? [k] : [],
          );
          expect(artifacts).toEqual(having);
        }
      }
    }),
  );
});
