import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { type ArtifactDetail, listDetails } from "#lib/db/queries/get-artifact.ts";
import type { ImageFileFilter } from "#lib/model/image-files.ts";
import { NotKnownError } from "#lib/model/problem.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { testStorePath } from "#testing/builders/store.ts";
import { directory, makeStore } from "#testing/builders/store-items.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";
import { answerAdvisedFolders } from "./advice/folders.ts";
import { answerAdvice } from "./advise.ts";
import { answerImageFiles } from "./image-files.ts";
import { answerLayerNodes } from "./node-layers.ts";

const { run: runCli } = makeCliSession();

const MINI = sharedData("fleet-mini/oci");
const EVERYTHING: ImageFileFilter = {
  text: "",
  layer: undefined,
  hidden: false,
  sort: "bytes",
  direction: "desc",
  offset: 0,
  limit: 1_000_000,
};
const place = makeTestPlace();
const scan = async (source: string, ...args: string[]) =>
  expect(await runCli(["scan", source, ...args], { databaseUrl: place.database.url })).toMatchObject({ status: 0 });

describe("all files of an image", () => {
  let image: number;
  beforeAll(async () => {
    const archive = join(place.folder, "files.tar");
    const lower = buildTar([
      { path: "usr/share/doc/größe", body: "g".repeat(70) },
      { path: "etc/motd", body: "hello" },
      { path: "etc/issue", type: "1", link: "etc/motd" },
    ]);
    const upper = buildTar([{ path: "etc/motd", body: "evening" }, { path: "usr/share/doc/.wh.größe" }]);
    writeFileSync(archive, buildDockerArchive([lower, upper], { name: "files" }));
    await scan(`docker-archive:${archive}`);
    image = (await findArtifact(place.database.pool, "files")).id;
  });
  const ask = (filter: Partial<ImageFileFilter> = {}) =>
    answerImageFiles(place.database.pool, image, { ...EVERYTHING, ...filter });

  it("have their bytes, layer, owner, and what hides them", async () => {
    const { rows, owners } = await ask();
    expect(rows.map(({ path, bytes, layer, waste, hiddenBy }) => [path, bytes, layer, waste, hiddenBy])).toEqual([
      ["usr/share/doc/größe", 70, 0, 70, 1],
      ["etc/motd", 7, 1, 0, null],
      // The body stays visible under its other name.
      ["etc/motd", 5, 0, 0, null],
      ["etc/issue", 0, 0, 0, null],
    ]);
    expect(owners.map(({ kind }) => kind)).toEqual(["unowned", "unowned"]);
  });

  it("are limited by path, layer and what is hidden", async () => {
    expect(await ask({ text: "/USR/share/doc/gr\u00f6\u00dfe" })).toMatchObject({ matching: 1, matchingBytes: 70 });
    expect(await ask({ layer: 1 })).toMatchObject({ matching: 1, rows: [{ path: "etc/motd", bytes: 7 }] });
    expect(await ask({ hidden: true, sort: "path", direction: "asc" })).toMatchObject({ matching: 2 });
  });

  it("are those of layers, which a store does not have", async () => {
    const path = testStorePath(1, "item-1");
    makeStore(join(place.folder, "store"), [{ path, tree: directory({}) }]);
    await scan(`nix-store:${join(place.folder, "store")}`, "--name", "store");
    const { id } = await findArtifact(place.database.pool, "store");
    await expect(answerImageFiles(place.database.pool, id, EVERYTHING)).rejects.toThrow(NotKnownError);
    expect(await answerLayerNodes(place.database.pool, id, 0)).toEqual([]);
  });
});

describe.skipIf(MINI === undefined)("real images", () => {
  let images: readonly ArtifactDetail[];
  beforeAll(async () => {
    await scan(`oci:${MINI}`);
    const { rows } = await place.database.pool.query<{ id: number }>("SELECT id FROM artifact WHERE kind = 'image'");
    images = await listDetails(
      place.database.pool,
      rows.map(({ id }) => id),
    );
  });

  it("have the bytes of their layers in their files, and the wasted ones in hidden files", async () => {
    for (const { id, layersContentSize, wastedSize } of images) {
      expect((await answerImageFiles(place.database.pool, id, EVERYTHING)).matchingBytes).toBe(layersContentSize);
      const { rows } = await answerImageFiles(place.database.pool, id, EVERYTHING);
      expect(rows.reduce((sum, { waste }) => sum + waste, 0)).toBe(wastedSize);
    }
  });

  it("have in their folders the bytes that advice lists, to the byte", async () => {
    for (const { id, layersContentSize } of images) {
      const { total } = await answerAdvice(place.database.pool, [{ id }], { selected: ["wasted", "duplicates"] });
      const asked = { path: "", selected: ["wasted", "duplicates"] as const };
      const folders = await answerAdvisedFolders(place.database.pool, { id }, asked);
      expect(folders).toMatchObject({ bytes: layersContentSize, listed: total.bytes, selected: total.selected });
      const usr = await answerAdvisedFolders(place.database.pool, { id }, { ...asked, path: "usr" });
      const { rows } = await answerImageFiles(place.database.pool, id, { ...EVERYTHING, text: "/usr/" });
      const below = rows.filter(({ path }) => path.startsWith("usr/"));
      expect(usr.bytes).toBe(below.reduce((sum, { bytes }) => sum + bytes, 0));
    }
  });

  it("have each node in the layers of its files", async () => {
    for (const { id, layerCount } of images) {
      const { rows } = await answerImageFiles(place.database.pool, id, EVERYTHING);
      for (let layer = 0; layer < layerCount; layer++) {
        const owners = new Set(
          rows.filter((file) => file.layer === layer && file.owner >= 0 && file.bytes > 0).map(({ owner }) => owner),
        );
        const nodes = new Set(await answerLayerNodes(place.database.pool, id, layer));
        expect([...owners].filter((owner) => !nodes.has(owner))).toEqual([]);
      }
    }
  });
});
