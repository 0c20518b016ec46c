import { afterAll, beforeAll, expect, it } from "vitest";
import { insertArtifact, insertNode } from "#testing/builders/artifact-rows.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import type { Database } from "../server/database.ts";
import { listNodes, type NodeFilter, type NodeSort } from "./list-nodes.ts";

const NODES = 60;
const SORTS: readonly NodeSort[] = ["retained", "closure", "self", "references", "referrers", "name"];

let database: Database;
let artifact: number;
beforeAll(async () => {
  database = await openTestDatabase();
  artifact = await insertArtifact(database.pool, "image");
  const other = await insertArtifact(database.pool, "another");
  for (let i = 0; i < NODES; i++) {
    const [kind, name] = [i % 3 === 0 ? "deb" : "npm", `${i % 2 === 0 ? "Lib" : "lib"}${(i * 7) % 20}`];
    for (const id of [artifact, other])
      await insertNode(database.pool, id, i, { identity: `pkg:${kind}/${i}`, kind, name });
  }
  // Few values, so that nodes of one size are in an order that pages have to keep.
  await database.pool.query(
    `UPDATE node SET self_size = node_index % 4, closure_size = node_index % 5, retained_size = node_index % 7,
       reference_count = node_index % 3, referrer_count = node_index % 2`,
  );
});
afterAll(() => database.close());

const list = (filter: Partial<NodeFilter>) => listNodes(database.pool, artifact, { limit: 1000, ...filter });
const indexes = async (filter: Partial<NodeFilter>) => (await list(filter)).rows.map(({ nodeIndex }) => nodeIndex);

it("lists every node once in pages, in the order of the whole list", async () => {
  for (const sort of SORTS)
    for (const direction of ["asc", "desc"] as const)
      for (const filter of [{}, { text: "lib1" }, { minRetained: 3 }]) {
        const whole = await indexes({ ...filter, sort, direction });
        const paged: number[] = [];
        for (let offset = 0; offset < NODES; offset += 7)
          paged.push(...(await indexes({ ...filter, sort, direction, offset, limit: 7 })));
        expect(paged).toEqual(whole);
      }
});

it("orders by the measure, then by index", async () => {
  const { rows } = await list({ sort: "retained", direction: "desc" });
  const expected = rows.toSorted((a, b) => b.retainedSize - a.retainedSize || a.nodeIndex - b.nodeIndex);
  expect(rows).toEqual(expected);
  expect(rows).toHaveLength(NODES);
});

it("counts and sums all matches of a filter by name, kind and size, whatever is listed", async () => {
  for (const filter of [
    {},
    { text: "LIB1" },
    { kinds: ["deb"] },
    { minRetained: 5 },
    { text: "lib", kinds: ["npm"], minRetained: 2 },
  ]) {
    const { rows, ...total } = await list(filter);
    const page = await list({ ...filter, limit: 2, offset: 3 });
    expect(page).toMatchObject(total);
    expect(page.rows).toEqual(rows.slice(3, 5));
    expect(total).toEqual({
      matching: rows.length,
      matchingSelfSize: rows.reduce((sum, { selfSize }) => sum + selfSize, 0),
    });
    expect(
      rows.every(
        ({ kind, retainedSize }) => retainedSize >= (filter.minRetained ?? 0) && (filter.kinds?.includes(kind) ?? true),
      ),
    ).toBe(true);
  }
  expect((await list({ offset: 1000 })).rows).toEqual([]);
});

it("lists only those among given nodes, with their count", async () => {
  const among = [3, 4, 9, 50];
  expect((await indexes({ among })).toSorted((a, b) => a - b)).toEqual(among);
  expect(await list({ among, kinds: ["deb"] })).toMatchObject({ matching: 2 });
  expect(await list({ among: [] })).toMatchObject({ rows: [], matching: 0 });
});
