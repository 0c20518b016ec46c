import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildImages } from "./images.ts";
import { measureImages } from "./measure-images.ts";
import { measureStore } from "./measure-store.ts";
import { fetchPackages } from "./packages.ts";
import { buildStore } from "./store.ts";
import { findMissing } from "./tools.ts";

/**
 * `npm run samples:truth -- [--to DIR] [--sources FILE]`: builds seven small images, and the same packages as a Nix store, of
 * Debian's packages, and measures them with tar, sha256sum, find, umoci and nix: inputs with known answers for the tests that
 * look for them in `../shared/data` (docs/test-data.md).
 */
const DEFAULT_TARGET = join(import.meta.dirname, "../../../shared/data");
const PROGRAMS = ["apt-get", "dpkg-deb", "tar", "gzip", "skopeo", "umoci", "nix", "nix-store", "sqlite3"];

const { values } = parseArgs({ options: { to: { type: "string" }, sources: { type: "string" } } });
const target = resolve(values.to ?? DEFAULT_TARGET);
const sources = values.sources === undefined ? undefined : resolve(values.sources);

const missing = findMissing(PROGRAMS);
if (missing.length > 0)
  fail(`not installed: ${missing.join(", ")} (Debian: apt-get install skopeo umoci nix-bin sqlite3)`);
const present = ["fleet-mini", "nix"].filter((name) => existsSync(join(target, name)));
if (present.length > 0) fail(`${target} has ${present.join(" and ")} already: remove them, or pass --to DIR`);

const work = mkdtempSync(join(tmpdir(), "stratigraph-truth-"));
try {
  build();
} finally {
  rmSync(work, { recursive: true, force: true });
}

function build(): void {
  print("downloading packages");
  const packages = fetchPackages(work, { sources, notice: print });
  print("building seven images");
  const fleet = join(work, "fleet-mini");
  mkdirSync(fleet);
  buildImages(packages, fleet, work);
  print("measuring them");
  const { images, ladder } = measureImages(join(fleet, "oci"), work);
  writeFileSync(join(fleet, "truth.json"), JSON.stringify({ images }, null, 1));
  writeFileSync(join(fleet, "ladder.json"), JSON.stringify(ladder));
  print("building and measuring a store");
  measureStore(buildStore(packages, join(work, "store")), join(work, "nix"));
  mkdirSync(target, { recursive: true });
  for (const name of ["fleet-mini", "nix"]) cpSync(join(work, name), join(target, name), { recursive: true });
  print(`done: ${target}`);
}

function print(line: string): void {
  process.stderr.write(`${line}\n`);
}

function fail(line: string): never {
  print(line);
  process.exit(1);
}
