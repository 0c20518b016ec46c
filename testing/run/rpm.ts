import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Whether rpm and rpmbuild are installed. */
export const hasRpm = ["rpm", "rpmbuild"].every((program) => spawnSync(program, ["--version"]).status === 0);

const NO_BUILD_IDS = "_build_id_links none";

/** Builds a package for each spec, a text without the sections that all of them share; returns the paths of the files. */
export function buildRpms(folder: string, specs: readonly string[]): string[] {
  mkdirSync(folder, { recursive: true });
  const files = specs.map((spec, i) => {
    const file = join(folder, `${i}.spec`);
    writeFileSync(file, spec);
    return file;
  });
  const defines = [`_topdir ${folder}/top`, NO_BUILD_IDS].flatMap((define) => ["--define", define]);
  execFileSync("rpmbuild", ["-bb", "--quiet", ...defines, ...files], { stdio: "pipe" });
  const folders = readdirSync(join(folder, "top/RPMS")).map((arch) => join(folder, "top/RPMS", arch));
  return folders.flatMap((each) => readdirSync(each).map((name) => join(each, name))).sort();
}

/** An installation of rpm in a directory, and how to ask rpm about it. */
export interface RpmRoot {
  readonly root: string;
  readonly backend: string;
  /** Absolute, inside the root. */
  readonly dbPath: string;
}

/** Installs packages without running anything of theirs. Dependencies are checked, unless `--nodeps` is among the options. */
export function installRpms(place: RpmRoot, files: readonly string[], ...options: readonly string[]): void {
  runRpm(place, ["-i", "--nosignature", "--noscripts", "--notriggers", ...options, ...files]);
}

/** What rpm prints for a query of this root. */
export function queryRpm(place: RpmRoot, ...args: readonly string[]): string {
  return runRpm(place, ["-q", ...args]);
}

/** rpm's own words, also where it refuses. */
export function tryRpm({ root, backend, dbPath }: RpmRoot, args: readonly string[]): string {
  const { stdout, stderr } = spawnSync("rpm", [...placeArgs({ root, backend, dbPath }), ...args], { encoding: "utf8" });
  return stdout + stderr;
}

function runRpm(place: RpmRoot, args: readonly string[]): string {
  return execFileSync("rpm", [...placeArgs(place), ...args], { encoding: "utf8", stdio: "pipe" });
}

function placeArgs({ root, backend, dbPath }: RpmRoot): string[] {
  return ["--root", root, "--define", `_db_backend ${backend}`, "--define", `_dbpath ${dbPath}`];
}
