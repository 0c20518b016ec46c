import { createHash } from "node:crypto";
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ChunkSizes } from "#lib/model/chunk.ts";
import { InputError } from "#lib/model/problem.ts";
import type { StoreFiles } from "#lib/model/store-files.ts";
import { testStorePath } from "#testing/builders/store.ts";
import {
  arbitraryTree,
  directory,
  file,
  type ItemTree,
  listNaive,
  naiveNar,
  sha256Hex,
  symlink,
  writeTree,
} from "#testing/builders/store-items.ts";
import { naiveChunkLengths } from "#testing/oracles/naive-chunks.ts";
import { ScanBudget } from "../layers/scan-budget.ts";
import { hashItems } from "./hash-items.ts";
import { type ItemToRead, readItems } from "./item-reader.ts";
import { NAMES_PER_PART } from "./limits.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "items-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const budget = () => ScanBudget.open({ entries: 1_000_000, nameBytes: 2 ** 28, documentBytes: 0, chunks: 1000 });
const SIZES: ChunkSizes = { minBytes: 1024, averageBytes: 2048, maxBytes: 4096 };

/** Writes the trees as items 0, 1 … and returns the rows a database would have. */
function writeItems(trees: readonly ItemTree[]): ItemToRead[] {
  return trees.map((tree, item) => {
    const name = basename(testStorePath(item, `item-${item}`));
    writeTree(join(folder, name), tree);
    const nar = naiveNar(tree);
    return { item, name, narHash: `sha256:${sha256Hex(nar)}`, narSize: nar.length };
  });
}

/** The same in this thread. */
function readHere(items: readonly ItemToRead[], options: { chunks?: ChunkSizes; budget?: ScanBudget } = {}) {
  const parts: StoreFiles[] = [];
  const onFiles = (files: StoreFiles) => void parts.push(files);
  const faults = readItems(items, { itemsDir: folder, budget: budget(), onRead: () => {}, onFiles, ...options });
  return { parts, faults };
}

/** The files of each item, one line per name, as text. */
function spell(parts: readonly StoreFiles[]): Map<number, string[]> {
  const lines = new Map<number, string[]>();
  for (const { items, start, entries, contents } of parts) {
    const text = (from: number, to: number) => Buffer.from(entries.names.subarray(from, to)).toString("latin1");
    for (const [i, item] of items.entries()) {
      const rows = Array.from({ length: start[i + 1]! - start[i]! }, (_, k) => start[i]! + k);
      lines.set(
        item,
        rows.map((row) => {
          const path = text(entries.pathStart[row]!, entries.targetStart[row]!);
          const target = text(entries.targetStart[row]!, entries.pathStart[row + 1]!);
          const content = entries.content[row]!;
          const hash =
            content < 0 ? "" : Buffer.from(contents.sha256.subarray(32 * content, 32 * content + 32)).toString("hex");
          if (content >= 0) expect(contents.byteCount[content]).toBe(entries.byteCount[row]);
          return `${entries.kind[row]} ${path} ${entries.executable[row]} ${entries.byteCount[row]} ${hash} ${target}`;
        }),
      );
    }
  }
  return lines;
}

function spellNaive(tree: ItemTree): string[] {
  return listNaive(tree).map(({ path, tree: node }) => {
    if (node.kind === "directory") return `1 ${path} 0 0  `;
    if (node.kind === "symlink") return `2 ${path} 0 0  ${node.target}`;
    return `0 ${path} ${node.executable ? 1 : 0} ${node.body.length} ${sha256Hex(node.body)} `;
  });
}

/** Bodies in the parts, as hex; each once per part. */
function contentsOf(parts: readonly StoreFiles[]): string[] {
  return parts.flatMap(({ contents: { count, sha256 } }) => {
    return Array.from({ length: count }, (_, row) =>
      Buffer.from(sha256.subarray(32 * row, 32 * row + 32)).toString("hex"),
    );
  });
}

describe("the files of store items", () => {
  test("are those on the disk, name by name, for every item whose archive matches the database", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(arbitraryTree, fc.boolean()), { minLength: 1, maxLength: 5 }), (trees) => {
        const items = writeItems(trees.map(([tree]) => tree));
        const claimed = items.map((item, i) =>
          trees[i]![1] ? { ...item, narHash: `sha256:${"1".repeat(64)}` } : item,
        );
        const { parts, faults } = readHere(claimed);
        for (const { name } of items) rmSync(join(folder, name), { recursive: true });
        const good = [...trees.keys()].filter((i) => !trees[i]![1]);
        expect(spell(parts)).toEqual(new Map(good.map((i) => [i, spellNaive(trees[i]![0])])));
        expect(faults.map(({ item, code }) => [item, code])).toEqual(
          [...trees.keys()].filter((i) => trees[i]![1]).map((i) => [i, "nar-mismatch"]),
        );
        const bodies = good
          .flatMap((i) => listNaive(trees[i]![0]))
          .flatMap(({ tree }) => (tree.kind === "file" ? sha256Hex(tree.body) : []));
        expect(contentsOf(parts).sort()).toEqual([...new Set(bodies)].sort());
      }),
      { numRuns: 100 },
    );
  });

  test("are the same from threads, in whatever order they end", async () => {
    const trees = fc.sample(arbitraryTree, { numRuns: 40, seed: 7 });
    const items = writeItems(trees);
    const progress: number[] = [];
    const { parts, faults } = await hashItems({
      itemsDir: folder,
      items,
      onProgress: (bytes) => void progress.push(bytes),
    });
    expect(faults).toEqual([]);
    expect(spell(parts)).toEqual(new Map(trees.map((tree, i) => [i, spellNaive(tree)])));
    expect(progress.at(-1)).toBe(items.reduce((sum, { narSize }) => sum + narSize, 0));
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  });

  test("of an item with a fault in the middle are left out whole, and its neighbours' are not", async () => {
    const trees = [
      file("before"),
      directory({ a: file("only here"), b: file("more") }),
      directory({ a: file("after"), b: file("before") }),
    ];
    const items = writeItems(trees);
    appendFileSync(join(folder, items[1]!.name, "b"), "!");
    const { parts, faults } = await hashItems({ itemsDir: folder, items });
    expect(faults).toMatchObject([{ item: 1, code: "nar-mismatch", place: "" }]);
    expect(spell(parts)).toEqual(
      new Map([
        [0, spellNaive(trees[0]!)],
        [2, spellNaive(trees[2]!)],
      ]),
    );
    expect(contentsOf(parts).sort()).toEqual(["after", "before"].map((text) => sha256Hex(Buffer.from(text))).sort());
  });

  test.each([
    ["is gone", { name: "0".repeat(32).concat("-gone") }, "missing-target", "not found"],
    [
      "has another NAR size than in the database",
      { narSize: 7 },
      "nar-mismatch",
      "expected a NAR of 7 bytes (store database), got 120",
    ],
    ["has no hash to check", { narHash: "" }, "nar-mismatch", "the database has no SHA-256 to check it against"],
    [
      "has a hash that is not SHA-256",
      { narHash: `md5:${"0".repeat(32)}` },
      "nar-mismatch",
      "the database has no SHA-256 to check it against",
    ],
  ])("stay unknown if the item %s", (_, claim, code, message) => {
    const [item] = writeItems([file("x")]);
    const { parts, faults } = readHere([{ ...item!, ...claim }]);
    expect(parts).toEqual([]);
    expect(faults).toEqual([{ item: 0, code, place: "", message }]);
  });

  test("are chunked by definition, also when an item between them is dropped", () => {
    const random = (seed: number, byteCount: number) =>
      createHash("shake256", { outputLength: byteCount }).update(`${seed}`).digest();
    const bodies = [random(1, 9000), random(2, 20_000), random(3, 500), random(4, 12_345), Buffer.alloc(0)];
    const trees = bodies.map((body, i) => directory({ a: file(body), again: file(bodies[(i + 1) % bodies.length]!) }));
    const items = writeItems([...trees, file(bodies[0]!)]);
    writeFileSync(join(folder, items[1]!.name, "a"), random(5, 20_000));
    const { parts } = readHere(items, { chunks: SIZES });
    const cut = new Map<string, string[]>();
    for (const { chunks, contents } of parts) {
      const at = (table: typeof contents, row: number) =>
        Buffer.from(table.sha256.subarray(32 * row, 32 * row + 32)).toString("hex");
      for (let row = 0; row < contents.count; row++) {
        cut.set(
          at(contents, row),
          [...chunks!.rows.subarray(chunks!.start[row], chunks!.start[row + 1])].map((chunk) =>
            at(chunks!.chunks, chunk),
          ),
        );
      }
    }
    const naive = bodies.map((body): [string, string[]] => {
      let at = 0;
      const hashes = naiveChunkLengths(body, SIZES).map((length) => {
        at += length;
        return sha256Hex(body.subarray(at - length, at));
      });
      return [sha256Hex(body), hashes];
    });
    expect(cut).toEqual(new Map(naive));
  });

  test("come in several parts if they are many, each item in one", () => {
    const many = directory(Object.fromEntries(Array.from({ length: 40_000 }, (_, i) => [`link-${i}`, symlink("x")])));
    const items = writeItems([many]);
    const repeated = Array.from({ length: 7 }, (_, item) => ({ ...items[0]!, item }));
    const { parts } = readHere(repeated);
    expect(parts.map((part) => [...part.items])).toEqual([[0, 1, 2], [3, 4, 5], [6]]);
    for (const { entries } of parts) expect(entries.count).toBeLessThan(NAMES_PER_PART + 40_001);
  });

  test("over the limit of one scan leave their items unknown", () => {
    const items = writeItems([directory({ a: file("1"), b: file("2") }), file("3"), file("4")]);
    const { parts, faults } = readHere(items, {
      budget: ScanBudget.open({ entries: 4, nameBytes: 100, documentBytes: 0 }),
    });
    expect(parts.flatMap((part) => [...part.items])).toEqual([0, 1]);
    expect(faults).toMatchObject([{ item: 2, code: "limit-exceeded" }]);
  });

  test("with more chunks than the limit of one scan are refused as a whole", async () => {
    const items = writeItems([file(createHash("shake256", { outputLength: 50_000 }).update("x").digest())]);
    const few = () => ScanBudget.open({ entries: 9, nameBytes: 100, documentBytes: 0, chunks: 3 });
    expect(() => readHere(items, { chunks: SIZES, budget: few() })).toThrow(InputError);
    const hashed = hashItems({ itemsDir: folder, items, chunks: SIZES, budget: few() });
    await expect(hashed).rejects.toMatchObject({ name: "InputError", code: "limit-exceeded" });
  });

  test("are not waited for after an abort", async () => {
    const items = writeItems([file("x")]);
    await expect(
      hashItems({ itemsDir: folder, items, signal: AbortSignal.abort(new Error("enough")) }),
    ).rejects.toThrow("enough");
    const controller = new AbortController();
    const hashed = hashItems({ itemsDir: folder, items, signal: controller.signal });
    controller.abort(new Error("enough now"));
    await expect(hashed).rejects.toThrow("enough now");
  });
});
