import { expect, it } from "vitest";
import type { RelayerAnswer, RelayerUpdate } from "#lib/model/relayer-answer.ts";
import { groupsWords, relayeredWords, updatesWords } from "./relayer-words.ts";

const image = { digest: "sha256:00", layersBefore: 1, bytesBefore: 1, bytes: 1, layers: [0] } as const;
const answer = (before: number, after: number, fileBytes: number, names: readonly string[] = ["a", "b"]) =>
  ({
    goal: "set",
    maxLayers: 64,
    before: { bytes: before, layers: 3 },
    after: { bytes: after, layers: 9 },
    fileBytes,
    floorBytes: fileBytes + 10,
    images: names.map((name) => ({ ...image, name })),
    cut: [],
  }) as unknown as RelayerAnswer;

it.each([
  [
    answer(300, 220, 200),
    "80.0% of the gap between layers and single files is closed, which is 88.9% of what layers can share without changing a file's name or attributes.",
  ],
  [answer(300, 300, 200), "none of the gap between layers and single files is closed."],
  [answer(200, 200, 200), "no file is stored twice today, so that there is nothing to save."],
])("says what a cut saves, and if it saves nothing", (given, end) => {
  expect(relayeredWords(given)).toBe(
    `These 2 images need ${given.before.bytes} B in 3 layers today, and ${given.after.bytes} B in 9 layers once relayered: ${end}`,
  );
});

it("calls a single image by its name", () => {
  expect(relayeredWords(answer(300, 220, 200, ["shop/app"]))).toMatch(/^shop\/app needs 300 B in 3 layers today/);
});

it("adds up what updates pull in each way", () => {
  const update = (kept: number): RelayerUpdate => ({
    ...{ from: "a", to: "b", built: 500, fresh: 60, kept, total: 400, files: 20 },
  });
  expect(updatesWords([update(30), update(50)])).toBe(
    "The 2 updates pull 1000 B as built, 120 B with a new plan each time, and 80 B if the first plan is kept: 90.0% of the bytes are reused.",
  );
  expect(updatesWords([update(400)])).toMatch(/^The update pulls 500 B as built, .*: 0% of the bytes are reused\.$/);
});

it("names the largest groups of a layer, and folders of what belongs to no package", () => {
  expect(groupsWords({ count: 0, largest: [] })).toBe("directories");
  expect(groupsWords({ count: 3, largest: ["deb:mawk", "deb:dash", "binary:mawk"] })).toBe(
    "mawk, dash, mawk (program)",
  );
  expect(groupsWords({ count: 1, largest: ["deb:libc6"] })).toBe("libc6");
  expect(groupsWords({ count: 5, largest: ["npm:@a/b", "unowned:usr/share"] })).toBe(
    "@a/b, /usr/share (no package) and 3 more",
  );
});
