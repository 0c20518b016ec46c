import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { insertArtifact, insertName } from "#testing/builders/artifact-rows.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { findArtifact } from "./find-artifact.ts";

let database: Database;
const ids: Record<string, number> = {};
const hex = (key: string) => createHash("sha256").update(key).digest("hex");

beforeAll(async () => {
  database = await openTestDatabase();
  const db = database.pool;
  for (const key of ["old", "new", "library", "mine", "theirs"]) ids[key] = await insertArtifact(db, key);
  await insertName(db, ids.old!, "api:1", 0);
  await insertName(db, ids.new!, "api:1", 60);
  await insertName(db, ids.library!, "docker.io/library/nginx:latest");
  await insertName(db, ids.mine!, "registry.example:5000/team/tool:2");
  await insertName(db, ids.theirs!, "ghcr.io/team/tool:2");
});
afterAll(() => database.close());

const idOf = async (text: string) => (await findArtifact(database.pool, text)).id;

describe("findArtifact", () => {
  it("resolves a moved name to its newest scan", async () => {
    expect(await idOf("api:1")).toBe(ids.new);
  });

  it("resolves a name to nothing once its artifact is removed, and never to the one it moved from", async () => {
    const { pool } = database;
    const [before, after] = [await insertArtifact(pool, "before"), await insertArtifact(pool, "after")];
    await insertName(pool, before, "moved:1", 0);
    await insertName(pool, after, "moved:1", 60);
    await pool.query("DELETE FROM artifact WHERE id = $1", [after]);
    await expect(findArtifact(pool, "moved:1")).rejects.toMatchObject({ name: "UsageError", candidates: [] });
    expect(await findArtifact(pool, hex("before"))).toMatchObject({ id: before, name: hex("before").slice(0, 16) });
  });

  it("resolves twelve digits of a digest to that artifact, even if another is named like them", async () => {
    const squatter = await insertArtifact(database.pool, "squatter");
    await insertName(database.pool, squatter, hex("mine").slice(0, 12));
    await insertName(database.pool, squatter, `sha256:${hex("mine")}`);
    for (const text of [hex("mine").slice(0, 12), hex("mine").slice(0, 16), `sha256:${hex("mine")}`])
      expect(await idOf(text)).toBe(ids.mine);
  });

  it("finds an image by its name without host, library and latest", async () => {
    expect(await idOf("nginx")).toBe(ids.library);
    expect(await idOf("nginx:latest")).toBe(ids.library);
  });

  it("finds a name with its host where the short name alone would be ambiguous", async () => {
    expect(await idOf("ghcr.io/team/tool:2")).toBe(ids.theirs);
    await expect(findArtifact(database.pool, "team/tool:2")).rejects.toMatchObject({
      name: "UsageError",
      candidates: [expect.stringContaining("ghcr.io/team/tool:2"), expect.stringContaining("registry.example")],
    });
  });

  it("reads digits as the beginning of a digest, never as a database id", async () => {
    await expect(idOf(String(ids.old))).rejects.toMatchObject({ name: "UsageError" });
    const digest = Buffer.from(`0001${"7".repeat(60)}`, "hex");
    const { rows } = await database.pool.query<{ id: number }>(
      `INSERT INTO artifact (kind, digest, node_count, edge_count, engine_version) VALUES ('image', $1, 0, 0, 1) RETURNING id`,
      [digest],
    );
    expect(await idOf("0001")).toBe(rows[0]!.id);
  });

  it("finds an artifact by its digest and a unique prefix of it", async () => {
    expect(await idOf(`sha256:${hex("old")}`)).toBe(ids.old);
    expect(await idOf(hex("old").slice(0, 11))).toBe(ids.old);
  });

  it("says that there is none, and takes no wildcard in a name", async () => {
    for (const text of ["absent", "%", "ngin_", ""]) {
      await expect(findArtifact(database.pool, text)).rejects.toMatchObject({ name: "UsageError", candidates: [] });
    }
  });

  it.each([
    ["ngnix", "no artifact is named ngnix; did you mean docker.io/library/nginx:latest?", []],
    ["APi:1", "no artifact is named APi:1; did you mean api:1?", []],
    [
      "team/tool:3",
      "no artifact is named team/tool:3; did you mean one of these?",
      expect.arrayContaining(["registry.example:5000/team/tool:2", "ghcr.io/team/tool:2"]),
    ],
    [
      "tool:2",
      "no artifact is named tool:2; did you mean one of these?",
      expect.arrayContaining(["ghcr.io/team/tool:2"]),
    ],
    ["postgres", "no artifact is named postgres; run list to see all names", []],
  ])("suggests similar names for %s", async (text, message, candidates) => {
    await expect(findArtifact(database.pool, text)).rejects.toMatchObject({ message, candidates });
  });
});
