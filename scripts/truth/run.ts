import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildAptImages } from "./apt-images.ts";
import { buildImages } from "./images.ts";
import { type FleetTruth, measureImages } from "./measure-images.ts";
import { measureStore } from "./measure-store.ts";
import { fetchPackages, type Package } from "./packages.ts";
import { buildStore } from "./store.ts";
import { findMissing } from "./tools.ts";

/**
 * `npm run samples:truth -- [PART…] [--to DIR] [--sources FILE]`: builds small images and a store from Debian packages, and measures
 * them with other tools: inputs with known answers for the tests that read them from `../shared/data` (docs/test-data.md).
 */
const DEFAULT_TARGET = join(import.meta.dirname, "../../../shared/data");
const PARTS = ["fleet-mini", "nix", "fleet-apt"];
const PROGRAMS = "apt-get dpkg-deb tar gzip zstd skopeo umoci mmdebstrap nix nix-store sqlite3".split(" ");

const { values, positionals } = parseArgs({
  options: { to: { type: "string" }, sources: { type: "string" } },
  allowPositionals: true,
});
const target = resolve(values.to ?? DEFAULT_TARGET);
const sources = values.sources === undefined ? undefined : resolve(values.sources);
const parts = positionals.length > 0 ? positionals : PARTS;

const unknown = parts.filter((part) => !PARTS.includes(part));
if (unknown.length > 0) fail(`${unknown.join(", ")}: unknown part; the parts are ${PARTS.join(", ")}`);
const missing = findMissing(PROGRAMS);
if (missing.length > 0)
  fail(`not installed: ${missing.join(", ")}; Debian's packages: skopeo umoci mmdebstrap nix-bin sqlite3 zstd`);
if (process.getuid?.() !== 0 && parts.includes("fleet-apt"))
  fail("fleet-apt unpacks devices: run as root, or select other parts");
const present = parts.filter((part) => existsSync(join(target, part)));
if (present.length > 0) fail(`${target} already has ${present.join(" and ")}: remove them, or pass --to DIR`);

const work = mkdtempSync(join(tmpdir(), "stratigraph-truth-"));
try {
  build();
} finally {
  rmSync(work, { recursive: true, force: true });
}

function build(): void {
  const built = join(work, "built");
  const folder = (part: string) => join(built, part);
  for (const part of parts) mkdirSync(folder(part), { recursive: true });
  if (parts.includes("fleet-mini") || parts.includes("nix")) {
    print("downloading packages");
    const packages = fetchPackages(work, { sources, notice: print });
    if (parts.includes("fleet-mini")) buildMini(packages, folder("fleet-mini"));
    if (parts.includes("nix")) buildNix(packages, folder("nix"));
  }
  if (parts.includes("fleet-apt")) buildApt(folder("fleet-apt"));
  mkdirSync(target, { recursive: true });
  cpSync(built, target, { recursive: true });
  print(`done: ${parts.join(", ")} in ${target}`);
}

function buildMini(packages: ReadonlyMap<string, Package>, folder: string): void {
  print("fleet-mini: building seven images, and measuring them");
  buildImages(packages, folder, work);
  writeTruth(folder, measureImages(join(folder, "oci"), { work }));
}

function buildNix(packages: ReadonlyMap<string, Package>, folder: string): void {
  print("nix: building a store, and measuring it");
  measureStore(buildStore(packages, join(work, "store")), folder);
}

function buildApt(folder: string): void {
  print("fleet-apt: building four images, and measuring them");
  const unzipped = buildAptImages(folder, work);
  writeTruth(folder, measureImages(join(folder, "oci-zstd"), { work, unzipped }));
}

function writeTruth(folder: string, { images, ladder }: FleetTruth): void {
  writeFileSync(join(folder, "truth.json"), JSON.stringify({ images }, null, 1));
  writeFileSync(join(folder, "ladder.json"), JSON.stringify(ladder));
}

function print(line: string): void {
  process.stderr.write(`${line}\n`);
}

function fail(line: string): never {
  print(line);
  process.exit(1);
}
