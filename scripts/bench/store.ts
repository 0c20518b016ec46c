import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeGeneratedStore } from "#testing/builders/store.ts";

/** A store database of 100,000 paths and 1,000,000 references under `root`, the same every time. */
export function writeBenchStore(root: string): void {
  const file = join(root, "nix/var/nix/db/db.sqlite");
  mkdirSync(dirname(file), { recursive: true });
  writeGeneratedStore(file, { seed: 1, pathCount: 100_000, referenceCount: 1_000_000, flavour: "nix" });
}
