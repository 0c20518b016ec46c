import { expect, it } from "vitest";
import type { ArtifactLabel } from "#lib/model/answer.ts";
import { buildLabel } from "#testing/builders/answers.ts";
import { orderedBands } from "./like-bands.ts";

/** An image whose layers have these names, each above those before it. */
function image(name: string, ...layers: string[]): ArtifactLabel {
  const label = buildLabel(
    name,
    name,
    layers.map(() => 100),
  );
  return {
    ...label,
    layers: label.layers.map((layer, i) => ({
      ...layer,
      diffId: layers[i]!,
      chainId: layers.slice(0, i + 1).join(" "),
    })),
  };
}

const answer = {
  artifacts: [image("a", "base"), image("b", "old"), image("c", "base", "lua")],
  likeness: [
    { left: 0, right: 1, bands: [{ from: 0, to: 0, bytes: 80 }] },
    { left: 1, right: 2, bands: [{ from: 0, to: 0, bytes: 70 }] },
  ],
};

const bandsOf = ({ artifacts, likeness }: typeof answer, order: readonly number[]) =>
  orderedBands(artifacts, likeness, order);

it("keeps the similarity of neighbours, reversed if they are reversed", () => {
  expect(bandsOf(answer, [0, 1, 2]).map(({ column, bytes }) => [column, bytes])).toEqual([
    [0, 80],
    [1, 70],
  ]);
  expect(bandsOf(answer, [2, 1, 0])).toEqual([
    { column: 0, from: 0, to: 0, bytes: 70 },
    { column: 1, from: 0, to: 0, bytes: 80 },
  ]);
});

it("gives new neighbours the similarity of the same layers in the same places", () => {
  const first = { ...answer, likeness: answer.likeness.slice(0, 1) };
  expect(bandsOf(first, [0, 2, 1])).toEqual([{ column: 1, from: 0, to: 0, bytes: 80 }]);
});

it("omits two that share a layer, which has a band already", () => {
  expect(bandsOf({ ...answer, likeness: [] }, [0, 2, 1])).toEqual([]);
});
