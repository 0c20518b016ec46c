import { beforeAll, describe, expect, it } from "vitest";
import { UsageError } from "#lib/model/problem.ts";
import { insertArtifact, insertName } from "#testing/builders/artifact-rows.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";
import { answerNamedHolders, MAX_COMPONENT_TEXT, MAX_NAMED_COMPONENTS, readComponent } from "./named-holders.ts";

const IMAGES = 1000;
const COMPONENTS = 40_000;
const NODES_OF_EACH = 200;
const MAX_MILLISECONDS = 200;

describe("the artifacts with a named component", () => {
  const place = makeTestPlace();
  const ask = (...texts: string[]) => answerNamedHolders(place.database.pool, texts);

  /** Image i has components 17 · i … of 40,000, and one of three versions of libc6. */
  beforeAll(async () => {
    const { pool } = place.database;
    await pool.query(
      `INSERT INTO component (identity, kind, name, version)
       SELECT 'pkg:deb/debian/part-' || i || '@' || i || '-1?arch=amd64&distro=debian-13', 'deb', 'part-' || i, i || '-1'
       FROM generate_series(1, ${COMPONENTS}) i`,
    );
    await pool.query(
      `INSERT INTO component (identity, kind, name, version)
       SELECT 'pkg:deb/debian/libc6@2.41-' || i || '?arch=amd64&distro=debian-13', 'deb', 'libc6', '2.41-' || i
       FROM generate_series(0, 2) i`,
    );
    await pool.query(
      `INSERT INTO component (identity, kind, name, version)
       VALUES ('/gnu/store/0123456789abcdfghijklmnpqrsvwxyz-hello-2.12', 'guix', 'hello', '2.12')`,
    );
    for (let i = 0; i < IMAGES; i++) {
      const id = await insertArtifact(pool, `image ${i}`);
      await insertName(pool, id, `team/app-${String(i).padStart(4, "0")}`);
    }
    await pool.query(
      `INSERT INTO node (artifact_id, node_index, component_id, instance_path, self_size, closure_size, retained_size,
         reference_count, referrer_count, live, root)
       SELECT a.id, k, CASE k WHEN 0 THEN ${COMPONENTS} + 1 + a.id % 3 ELSE 1 + (17 * a.id + k) % ${COMPONENTS} END, '', 10, 0, 20, 0, 0, true, false
       FROM artifact a, generate_series(0, ${NODES_OF_EACH - 1}) k`,
    );
    await pool.query(
      `INSERT INTO node (artifact_id, node_index, component_id, instance_path, self_size, closure_size, retained_size,
         reference_count, referrer_count, live, root)
       SELECT min(a.id), ${NODES_OF_EACH} + k, ${COMPONENTS + 4}, 'at/' || k, k, 0, 100 * k, 0, 0, true, false
       FROM artifact a, generate_series(0, 1) k GROUP BY k`,
    );
    await pool.query("ANALYZE");
  }, 60_000);

  it("are those of one version, or of every version of a name", async () => {
    const one = await ask("libc6@2.41-1");
    const all = await ask("libc6");
    expect([one.length, all.length]).toEqual([334, IMAGES]);
    expect(new Set(one.map(({ version }) => version))).toEqual(new Set(["2.41-1"]));
    expect(all.map(({ artifactName }) => artifactName)).toEqual(all.map(({ artifactName }) => artifactName).sort());
  });

  it("are the same by purl, with qualifiers and without, and by NAME-VERSION", async () => {
    const expected = await ask("libc6@2.41-2");
    for (const text of [
      "libc6-2.41-2",
      "pkg:deb/debian/libc6@2.41-2",
      "pkg:deb/debian/libc6@2.41-2?arch=amd64&distro=debian-13",
    ])
      expect(await ask(text), text).toEqual(expected);
  });

  it("have an item by its store path, and of several instances the one that retains most, once", async () => {
    const [held, ...more] = await ask("hello", "/gnu/store/0123456789abcdfghijklmnpqrsvwxyz-hello-2.12");
    expect([held!.retainedSize, held!.selfSize, more]).toEqual([100, 1, []]);
  });

  it(`are found among ${IMAGES} images in under ${MAX_MILLISECONDS} ms`, async () => {
    await ask("part-20");
    const times: number[] = [];
    for (const text of ["libc6", "libc6@2.41-0", "part-19", "pkg:deb/debian/part-300@300-1"]) {
      const start = performance.now();
      expect((await ask(text)).length).toBeGreaterThan(0);
      times.push(performance.now() - start);
    }
    // The machine may be busy with other tests: the best of several is the question's own time.
    expect(Math.min(...times)).toBeLessThan(MAX_MILLISECONDS);
    expect(times.toSorted((a, b) => a - b)[1]).toBeLessThan(2 * MAX_MILLISECONDS);
  });

  it("are refused for a name that no component has, with similar ones, and for too many or too long names", async () => {
    await expect(ask("libc6", "libc@9")).rejects.toThrow(
      /no stored artifact has a component named libc@9; did you mean/,
    );
    await expect(ask("")).rejects.toThrow(UsageError);
    await expect(ask("x".repeat(MAX_COMPONENT_TEXT + 1))).rejects.toThrow(UsageError);
    await expect(ask(...Array(MAX_NAMED_COMPONENTS + 1).fill("libc6"))).rejects.toThrow(UsageError);
  });

  it("reads a text as a name before each hyphen and at sign", () => {
    expect(readComponent("@types/node@1-2").names).toEqual([
      { name: "@types/node@1-2", version: null },
      { name: "@types/node", version: "1-2" },
      { name: "@types/node@1", version: "2" },
    ]);
  });
});
