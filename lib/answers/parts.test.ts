import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import type { Database } from "#lib/db/server/database.ts";
import { testStorePath } from "#testing/builders/store.ts";
import { directory, file, makeStore } from "#testing/builders/store-items.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { answerDiff } from "./diff.ts";
import { loadComparison } from "./kept/comparisons.ts";
import { answerOverlap } from "./overlap.ts";
import { answerSavings } from "./savings.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

const [older, newer, libc, extra, other] = ["app-1.0", "app-2.0", "libc-2.40", "extra-1", "other-3"].map((name, i) =>
  testStorePath(i + 1, name),
) as [string, string, string, string, string];
const items = [
  { path: older, tree: directory({ same: file("same"), bin: file("older") }), references: [libc] },
  { path: newer, tree: directory({ same: file("same"), bin: file("newer and longer") }), references: [libc, extra] },
  { path: libc, tree: file("c".repeat(5000)), references: [libc] },
  { path: extra, tree: file("e".repeat(300)) },
  { path: other, tree: file("o".repeat(70_000)), references: [libc] },
];

describe("two roots of one scanned store", () => {
  const root = mkdtempSync(join(tmpdir(), "stratigraph-parts-"));
  let whole: Database;
  let apart: Database;

  /** The same question about a store scanned once, and about the two closures scanned separately. */
  async function askBoth<T>(...question: string[]): Promise<[T, T]> {
    const ask = ({ url }: Database) => runCliJson<T>([...question, older, newer], { databaseUrl: url });
    return [await ask(whole), await ask(apart)];
  }

  beforeAll(async () => {
    makeStore(root, items);
    [whole, apart] = [await openTestDatabase(), await openTestDatabase()];
    const scan = (database: Database, ...args: string[]) =>
      runCliJson(["scan", `nix-store:${root}`, "--files", ...args], { databaseUrl: database.url });
    await scan(whole, "--name", "store");
    await scan(apart, "--root", older);
    await scan(apart, "--root", newer);
  });
  afterAll(async () => {
    await Promise.all([whole.close(), apart.close()]);
    rmSync(root, { recursive: true });
  });

  it("have the same difference as their closures", async () => {
    const [part, alone] = await askBoth<{ left: string; right: string; totals: { left: number; delta: number } }>(
      "diff",
    );
    expect([part.left, part.right]).toEqual([older, newer]);
    expect({ ...part, left: "", right: "" }).toEqual({ ...alone, left: "", right: "" });
    expect(part.totals.delta).toBeGreaterThan(300);
  });

  it("share the same as their closures", async () => {
    const [part, alone] = await askBoth<{ artifacts: string[]; cells: { bytes: number }[]; union: object }>("overlap");
    expect(part.artifacts).toEqual([older, newer]);
    expect(part.cells.map(({ bytes }) => bytes)).toEqual(alone.cells.map(({ bytes }) => bytes));
    expect(part.union).toEqual(alone.union);
  });

  it("need the same as their closures", async () => {
    const [part, alone] = await askBoth<{ rungs: object; download: object }>("savings");
    expect([part.rungs, part.download]).toEqual([alone.rungs, alone.download]);
  });

  it("have the same answers through the views", async () => {
    const parts = await Promise.all([older, newer].map((path) => findArtifact(whole.pool, path)));
    const [left, right] = [parts[0]!, parts[1]!];
    const [part, alone] = await askBoth<{ totals: object; union: object; rungs: { bytes: number }[] }>("diff");
    const answer = await answerDiff(whole.pool, left, right);
    expect(answer.totals).toEqual(alone.totals);
    expect(answer.artifacts).toMatchObject([
      { id: older, name: "app-1.0", root: older },
      { id: newer, name: "app-2.0", root: newer },
    ]);
    expect(answer.files?.counts).toEqual({ added: 1, removed: 0, content: 1, metadata: 0 });
    const overlap = await answerOverlap(whole.pool, { parts, rung: "file" });
    expect(overlap.union).toEqual((await askBoth<typeof part>("overlap"))[1].union);
    const savings = await answerSavings(whole.pool, parts);
    const rungs = (await askBoth<typeof part>("savings"))[1].rungs;
    expect(savings.rungs.map(({ bytes }) => bytes)).toEqual(rungs.map(({ bytes }) => bytes));
  });

  it("have a graph of their difference in which a node has its index in the store", async () => {
    const [left, right] = await Promise.all([older, newer].map((path) => findArtifact(whole.pool, path)));
    const { right: side, rows } = await loadComparison(whole.pool, left!, right!);
    expect(rows.map(({ change, name }) => [change, name]).sort()).toEqual([
      ["added", "extra"],
      ["changed", "app"],
      ["same", "libc"],
    ]);
    const ids = side.graph.nodes.map(({ id }) => id);
    expect(ids).toEqual([newer, libc, extra].sort());
    const { rows: stored } = await whole.pool.query<{ identity: string }>(
      "SELECT c.identity FROM node n JOIN component c ON c.id = n.component_id WHERE n.node_index = ANY($1) ORDER BY n.node_index",
      [[...side.nodes!]],
    );
    expect(stored.map(({ identity }) => identity)).toEqual(ids);
  });

  it("have a report each way, and none about the whole store", async () => {
    const make = (...names: string[]) =>
      runCliJson<{ id: string }>(["report", "diff", ...names], { databaseUrl: whole.url }).then(({ id }) => id);
    const ids = [await make(older, newer), await make(newer, older), await make("store", "store")];
    expect(new Set(ids).size).toBe(3);
  });

  it("are not removed with the store through the name of one", async () => {
    const run = await runCli(["rm", older], { databaseUrl: whole.url });
    expect([run.status, run.stderr]).toEqual([2, expect.stringContaining("store has more roots than this one")]);
    expect((await runCliJson<{ artifacts: unknown[] }>(["list"], { databaseUrl: whole.url })).artifacts).toHaveLength(
      1,
    );
  });
});
