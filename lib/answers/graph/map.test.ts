import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { CYCLONEDX_1_5 } from "#testing/builders/sboms.ts";
import { testStorePath } from "#testing/builders/store.ts";
import { file, makeStore } from "#testing/builders/store-items.ts";
import { runCli } from "#testing/run/run-cli.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";
import { answerMapNodes, answerSection } from "./map.ts";

const paths = ["app-1", "web-1", "libc-2", "only-of-app-3"].map((name, i) => testStorePath(i, name));
const [app, web, libc, only] = paths as [string, string, string, string];

describe("the answers of the map", () => {
  const place = makeTestPlace();
  const scan = (source: string, name: string) =>
    runCli(["scan", source, "--name", name], { databaseUrl: place.database.url });

  beforeAll(async () => {
    makeStore(join(place.folder, "store"), [
      { path: libc, tree: file("c".repeat(4000)) },
      { path: only, tree: file("o".repeat(3000)) },
      { path: app, tree: file("a".repeat(2000)), references: [libc, only] },
      { path: web, tree: file("w".repeat(5000)), references: [libc] },
    ]);
    writeFileSync(join(place.folder, "bom.json"), JSON.stringify(CYCLONEDX_1_5));
    await scan(`nix-store:${join(place.folder, "store")}`, "store");
    await scan(`sbom:${join(place.folder, "bom.json")}`, "bom");
  });

  it("have what one root keeps above, in its frame, and what both need below", async () => {
    const { id } = await findArtifact(place.database.pool, "store");
    const [section, { names }] = [
      await answerSection(place.database.pool, id, "wide"),
      await answerMapNodes(place.database.pool, id),
    ];
    const named = [...section.nodeAt].map((node) => names[node]);
    expect(section).toMatchObject({
      startCount: 2,
      strata: [
        { from: 1, to: 1, first: 0, end: 3 },
        { from: 2, to: 2, first: 3, end: 4 },
      ],
    });
    expect(named[3]).toBe("libc");
    expect(named.slice(0, 3).sort()).toEqual(["app", "only-of-app", "web"]);
    expect(section.endOf[named.indexOf("app")]).toBe(named.indexOf("only-of-app") + 1);
  });

  it("have the same nodes for a tall window, elsewhere", async () => {
    const { id } = await findArtifact(place.database.pool, "store");
    const { rectangles: wide, ...rest } = await answerSection(place.database.pool, id, "wide");
    expect(await answerSection(place.database.pool, id, "tall")).toMatchObject({
      ...rest,
      rectangles: expect.any(Float32Array),
    });
    expect(wide).toHaveLength(16);
  });

  it("have a place for each component of an SBOM, one as large as another", async () => {
    const { id } = await findArtifact(place.database.pool, "bom");
    const { selfSize, nodeAt } = await answerSection(place.database.pool, id, "wide");
    expect(nodeAt).toHaveLength((await answerMapNodes(place.database.pool, id)).names.length);
    expect(new Set(selfSize)).toEqual(new Set([1]));
  });
});
