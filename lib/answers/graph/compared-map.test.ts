import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { testStorePath } from "#testing/builders/store.ts";
import { file, makeStore } from "#testing/builders/store-items.ts";
import { runCli } from "#testing/run/run-cli.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";
import { answerComparedMapNodes, answerComparedSection } from "./compared-map.ts";

const paths = ["app-1", "app-2", "libc-2", "old-1", "new-1"].map((name, i) => testStorePath(i, name));
const [before, after, libc, old, added] = paths as [string, string, string, string, string];

describe("the map of two artifacts", () => {
  const place = makeTestPlace();
  const write = async (name: string, items: Parameters<typeof makeStore>[1]) => {
    makeStore(join(place.folder, name), items);
    const source = `nix-store:${join(place.folder, name)}`;
    await runCli(["scan", source, "--name", name], { databaseUrl: place.database.url });
  };

  beforeAll(async () => {
    const shared = { path: libc, tree: file("c".repeat(4000)) };
    await write("left", [
      shared,
      { path: old, tree: file("o".repeat(3000)) },
      { path: before, tree: file("a".repeat(2000)), references: [libc, old] },
    ]);
    await write("right", [
      shared,
      { path: added, tree: file("n".repeat(1000)) },
      { path: after, tree: file("a".repeat(6000)), references: [libc, added] },
    ]);
  });

  const load = async () => {
    const pool = place.database.pool;
    const [left, right] = [await findArtifact(pool, "left"), await findArtifact(pool, "right")];
    return {
      nodes: await answerComparedMapNodes(pool, [left, right]),
      wide: await answerComparedSection(pool, [left, right], "wide"),
      tall: await answerComparedSection(pool, [left, right], "tall"),
    };
  };

  it("says of each component on which sides it is, and how large there", async () => {
    const { nodes } = await load();
    const described = nodes.names.map((name, i) => [name, nodes.sides[i], nodes.leftSize[i], nodes.rightSize[i]]);
    const size = (bytes: number) => expect.closeTo(bytes, -3);
    expect(described).toEqual(
      expect.arrayContaining([
        ["app", "changed", size(2000), size(6000)],
        ["libc", "both", size(4000), size(4000)],
        ["old", "left", size(3000), 0],
        ["new", "right", 0, size(1000)],
      ]),
    );
    expect(described).toHaveLength(4);
  });

  it("has a place for each, as large as on the right or else as on the left", async () => {
    const { nodes, wide } = await load();
    const areaOf = (name: string) => wide.selfSize[wide.nodeAt.indexOf(nodes.names.indexOf(name))];
    const sizeOf = (sizes: Float64Array, name: string) => sizes[nodes.names.indexOf(name)];
    for (const name of ["app", "libc", "new"]) expect(areaOf(name)).toBe(sizeOf(nodes.rightSize, name));
    expect(areaOf("old")).toBe(sizeOf(nodes.leftSize, "old"));
    expect([...wide.nodeAt].sort()).toEqual([0, 1, 2, 3]);
  });

  it("has the same nodes for a tall window, elsewhere", async () => {
    const { wide, tall } = await load();
    expect(tall).toMatchObject({ ...wide, rectangles: expect.any(Float32Array) });
    expect(tall.rectangles).toHaveLength(16);
  });
});
