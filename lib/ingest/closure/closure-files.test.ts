import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openStore } from "#lib/sources/store/index.ts";
import { testStorePath } from "#testing/builders/store.ts";
import { file, makeStore, type TestItem } from "#testing/builders/store-items.ts";
import { findLivePaths } from "#testing/oracles/live-paths.ts";
import { MAX_LISTED_ITEMS } from "../store-files/limits.ts";
import { readClosureFiles } from "./closure-files.ts";
import { ingestStore } from "./ingest-store.ts";

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "closure-files-")));
});
afterEach(() => rmSync(root, { recursive: true }));

const one = (storeDir: string): TestItem => ({ path: testStorePath(1, "one", storeDir), tree: file("one") });

async function read(flavour: "nix" | "guix" = "nix", rootDir = root) {
  const open = () => openStore({ rootDir, flavour });
  const store = await ingestStore({ source: "here", open, roots: [], computeLive: findLivePaths });
  const progress: number[][] = [];
  const onProgress = (...far: number[]) => void progress.push(far);
  const { parts, problems } = await readClosureFiles(store, { items: [...store.graph.components.keys()], onProgress });
  const nameCount = parts.reduce((sum, { entries }) => sum + entries.count, 0);
  return { nameCount, problems, progress, closureSize: store.closureSize };
}

describe("the files of a closure", () => {
  test("are found in a Guix store, and progress ends with all of its bytes", async () => {
    makeStore(root, [one("/gnu/store")], "guix");
    const { nameCount, problems, progress, closureSize } = await read("guix");
    expect([nameCount, problems, progress.at(-1)]).toEqual([1, [], [closureSize, closureSize]]);
  });

  test("are found if the database stores paths with the root's own path in front", async () => {
    makeStore(root, [one(`${root}/nix/store`)]);
    expect(await read()).toMatchObject({ nameCount: 1, problems: [] });
  });

  test("are found through a link that stays inside the root, resolved against it", async () => {
    makeStore(root, [one("/nix/store")]);
    mkdirSync(join(root, "data"));
    renameSync(join(root, "nix/store"), join(root, "data/store"));
    symlinkSync("/data/store", join(root, "nix/store"));
    expect(await read()).toMatchObject({ nameCount: 1, problems: [] });
  });

  test("are not searched outside the root, or in a file that is not a directory", async () => {
    makeStore(root, [one("/nix/store")]);
    for (const target of ["/etc", "../../../../../../../../etc", "loop", "var/nix/db/db.sqlite"]) {
      rmSync(join(root, "nix/store"), { recursive: true });
      symlinkSync(target, join(root, "nix/store"));
      const { nameCount, problems } = await read();
      expect([target, nameCount, problems.map(({ message }) => message)]).toEqual([
        target,
        0,
        ["no files to hash: this is a store's database without its store; the rest is scanned"],
      ]);
    }
  });

  test("are reported missing one by one up to a limit, and then counted", async () => {
    const items = Array.from({ length: MAX_LISTED_ITEMS + 7 }, (_, i) => ({
      path: testStorePath(i, "x"),
      tree: file(""),
    }));
    makeStore(root, items);
    rmSync(join(root, "nix/store"), { recursive: true });
    mkdirSync(join(root, "nix/store"));
    const { problems } = await read();
    expect(problems).toHaveLength(MAX_LISTED_ITEMS + 1);
    expect(problems[0]).toEqual({
      code: "missing-target",
      severity: "warning",
      source: "here",
      path: items.map(({ path }) => path).sort()[0],
      message: "not found: the item's files are left out",
    });
    expect(problems.at(-1)).toMatchObject({
      code: "limit-exceeded",
      message: "the files of 7 more items are not known",
    });
  });
});
