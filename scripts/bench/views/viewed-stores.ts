import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zstdDecompressSync } from "node:zlib";
import { writeGeneratedStore } from "#testing/builders/store.ts";
import { sharedData } from "#testing/run/shared-data.ts";

const SIZES = [1000, 13_000, 100_000];
const REFERENCES_PER_PATH = 4;
/** A real one of 4,980 paths, where the shared inputs are at hand. */
const NIXPKGS = sharedData("nix/nixpkgs-15.09-drv/db.sqlite.zst");

/** A store whose graph is looked at. */
export interface ViewedStore {
  /** What figures call it. */
  readonly name: string;
  /** Its directory. */
  readonly root: string;
  /** The graph page of its artifact. */
  readonly address: string;
}

/** Writes the stores into a folder that is empty at first: the generated ones are the same every time. */
export function writeStores(folder: string, server: string): ViewedStore[] {
  const generated = SIZES.map((size) => {
    const root = join(folder, `store-${size}`);
    writeGeneratedStore(openFile(root), {
      seed: 1,
      pathCount: size,
      referenceCount: REFERENCES_PER_PATH * size,
      flavour: "nix",
    });
    return { name: `${size} nodes`, root, address: `${server}/artifacts/store-${size}/graph` };
  });
  if (NIXPKGS === undefined) return generated;
  const root = join(folder, "store-nixpkgs");
  writeFileSync(openFile(root), zstdDecompressSync(readFileSync(NIXPKGS)));
  return [...generated, { name: "nixpkgs", root, address: `${server}/artifacts/store-nixpkgs/graph` }];
}

function openFile(root: string): string {
  const folder = join(root, "nix/var/nix/db");
  mkdirSync(folder, { recursive: true });
  return join(folder, "db.sqlite");
}
