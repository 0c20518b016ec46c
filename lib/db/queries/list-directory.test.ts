import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { EntryKind } from "#lib/model/layer.ts";
import { insertArtifact, insertDirectory, insertLayer } from "#testing/builders/artifact-rows.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { listDirectories } from "./list-directory.ts";

let database: Database;
let artifactId: number;
// One owner per layer entry, bottom first: the lower etc/motd is replaced, etc/gone is whited out.
const owners = Int32Array.of(0, -1, -1, 3, 0, 4, -1, 5);

beforeAll(async () => {
  database = await openTestDatabase();
  artifactId = await insertArtifact(database.pool, "image");
  await insertLayer(database.pool, artifactId, 0, [
    { path: "etc", kind: EntryKind.directory },
    { path: "etc/motd", bytes: 10 },
    { path: "etc/gone", bytes: 99 },
    { path: "etc/small", bytes: 1 },
  ]);
  await insertLayer(database.pool, artifactId, 1, [
    { path: "etc", kind: EntryKind.directory },
    { path: "etc/motd", bytes: 20 },
    { path: "etc/gone", kind: EntryKind.whiteout },
    { path: "etc/link", kind: EntryKind.symlink, target: "motd" },
  ]);
  await insertDirectory(database.pool, artifactId, "", 26, 3);
  await insertDirectory(database.pool, artifactId, "etc", 26, 3);
  await insertDirectory(database.pool, artifactId, "etc/ssl", 5, 1);
});
afterAll(() => database.close());

const list = (paths: string[], limit = 100) => listDirectories(database.pool, { artifactId, paths, limit, owners });

describe("listDirectories", () => {
  it("lists what a container sees: the upper file, no whiteout, nothing hidden", async () => {
    const [etc] = await list(["etc"]);
    expect(etc!.children.map(({ name, byteCount, layer, owner }) => [name, byteCount, layer, owner])).toEqual([
      ["motd", 20, 1, 4],
      ["ssl", 5, -1, -1],
      ["small", 1, 0, 3],
      ["link", 0, 1, 5],
    ]);
    expect(etc!.byteCount).toBe(26);
  });

  it("takes a directory's sums from the squashed tree and its place from the upper entry", async () => {
    const [root] = await list([""]);
    expect(root!.children).toMatchObject([
      { path: "etc", kind: EntryKind.directory, byteCount: 26, fileCount: 3, layer: 1 },
    ]);
  });

  it("lists several directories in the order asked for, and returns the number of children cut", async () => {
    const [etc, root] = await list(["etc", ""], 1);
    expect([etc!.path, root!.path]).toEqual(["etc", ""]);
    expect(etc!.children).toHaveLength(1);
    expect(etc!.childCount).toBe(4);
  });

  it("lists nothing for a path that is not a directory", async () => {
    expect(await list(["no/such"])).toMatchObject([{ childCount: 0, byteCount: 0 }]);
  });
});
