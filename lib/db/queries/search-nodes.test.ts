import { afterAll, beforeAll, expect, it } from "vitest";
import { insertArtifact, insertNode } from "#testing/builders/artifact-rows.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import type { Database } from "../server/database.ts";
import { searchNodes } from "./search-nodes.ts";

const OLD = "/nix/store/00000000000000000000000000000000-libc-2.40";
const NEW = "/nix/store/11111111111111111111111111111111-libc-2.41";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  const image = await insertArtifact(database.pool, "image");
  const closure = await insertArtifact(database.pool, "closure", "closure");
  await insertNode(database.pool, image, 0, { identity: "pkg:deb/debian/libc6@2.41", kind: "deb", name: "libc6" });
  await insertNode(database.pool, image, 1, { identity: "pkg:deb/debian/bash@5.2", kind: "deb", name: "bash" });
  await insertNode(database.pool, closure, 0, { identity: OLD, kind: "store", name: "libc" });
  await insertNode(database.pool, closure, 1, { identity: NEW, kind: "store", name: "libc" });
});
afterAll(() => database.close());

const search = async (text: string) => (await searchNodes(database.pool, text, { limit: 10 })).map(({ id }) => id);

it("finds a part of a name, exact names first", async () => {
  expect((await search("libc")).toSorted()).toEqual([NEW, OLD, "pkg:deb/debian/libc6@2.41"].toSorted());
  expect((await search("libc")).at(-1)).toBe("pkg:deb/debian/libc6@2.41");
});

it("finds a store path, and the hash of one, among items of one name", async () => {
  expect(await search(OLD)).toEqual([OLD]);
  expect(await search("1".repeat(32))).toEqual([NEW]);
});

it("finds a name and a version as lists print them, or its beginning", async () => {
  const version = "5.2-1+b2";
  await database.pool.query("UPDATE component SET version = $1 WHERE name = 'bash'", [version]);
  for (const text of [`bash ${version}`, "Bash 5.2"]) expect(await search(text)).toEqual(["pkg:deb/debian/bash@5.2"]);
  for (const text of [`bas ${version}`, "bash 5.3"]) expect(await search(text)).toEqual([]);
});

it("finds a purl, and does not match a word inside one", async () => {
  expect(await search("pkg:deb/debian/bash")).toEqual(["pkg:deb/debian/bash@5.2"]);
  expect(await search("debian")).toEqual([]);
});
