import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseNarInfo } from "#lib/formats/narinfo/index.ts";
import { openEnvironment } from "#lib/sources/environment.ts";
import { DirectoryCache } from "#lib/sources/nix-cache/directory-cache.ts";
import { openCache } from "#lib/sources/nix-cache/open-cache.ts";
import { openStore } from "#lib/sources/store/index.ts";
import { findLivePaths } from "#testing/oracles/live-paths.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { ingestStore } from "./ingest-store.ts";

const cache = sharedData("nix/cache-xz");
const database = sharedData("nix/mini-db");
const { signal } = new AbortController();

describe.skipIf(cache === undefined || database === undefined)("every path of a real cache", () => {
  it("has the closure that its store has, by digest and size", async () => {
    const environment = openEnvironment({ baseDir: "/", hasStdin: false, allowed: "all" });
    const hashes = readdirSync(cache!).flatMap((name) => (name.endsWith(".narinfo") ? [name.slice(0, 32)] : []));
    for (const hashPart of hashes) {
      const text = Buffer.from((await new DirectoryCache(cache!).readNarInfo(hashPart))!).toString();
      const roots = [parseNarInfo(text, hashPart).path];
      const open = () => openCache({ base: { kind: "directory", path: cache! }, hashPart }, { environment, signal });
      const cached = await ingestStore({ source: "", open, roots: [], computeLive: findLivePaths });
      const openDatabase = () => openStore({ rootDir: database!, flavour: "nix" });
      const stored = await ingestStore({ source: "", open: openDatabase, roots, computeLive: findLivePaths });
      expect([cached.digest, cached.closureSize]).toEqual([stored.digest, stored.closureSize]);
      expect(cached.problems).toEqual([]);
    }
    expect(hashes).toHaveLength(29);
  });
});
