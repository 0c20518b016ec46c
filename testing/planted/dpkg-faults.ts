import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RebaseSides } from "#lib/moves/rebase/sides.ts";
import { buildRebaseSides } from "../builders/rebase-sides.ts";
import { type DebSpec, DpkgRoot, hasDpkg } from "../run/dpkg.ts";
import { STATUS } from "./debian.ts";
import type { HarmlessRebase, PlantedFault } from "./planted-fault.ts";

/** What happens to a file system; each returns when dpkg is done. */
type Steps = (root: DpkgRoot) => void;

interface DpkgRebase {
  readonly old: Steps;
  readonly next: Steps;
  readonly above: Steps;
}

/** Three images whose packages dpkg installed. */
async function build({ old, next, above }: DpkgRebase): Promise<RebaseSides> {
  const folder = mkdtempSync(join(tmpdir(), "stratigraph-test-"));
  try {
    const [oldBase, newBase] = [new DpkgRoot(folder), new DpkgRoot(folder)];
    old(oldBase);
    next(newBase);
    const image = new DpkgRoot(folder, oldBase);
    above(image);
    const [lower, newer, upper] = [oldBase, newBase, image].map((root) => root.takeLayer());
    return await buildRebaseSides({
      oldBase: { layers: [lower!] },
      newBase: { layers: [newer!] },
      image: { layers: [upper!] },
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const missing = hasDpkg ? undefined : "dpkg, or the rights of the superuser";

/** A library with its version in the name of its file, as most have. */
function library(version: string, ...control: readonly string[]): DebSpec {
  return {
    name: "libx1",
    version,
    control,
    files: { [`usr/lib/libx.so.1.${version}`]: version, "usr/lib/libx.so.1": `->libx.so.1.${version}` },
    info: { shlibs: `libx 1 libx1 (>= ${version})\n` },
  };
}

const CONFIGURED: DebSpec = {
  name: "tool",
  version: "1",
  control: ["Depends: libx1"],
  files: { "usr/bin/tool": "tool", "etc/tool.conf": "tool" },
  info: { conffiles: "/etc/tool.conf\n" },
};
const install =
  (...debs: readonly DebSpec[]): Steps =>
  (root) =>
    root.install(...debs);

function divert(root: DpkgRoot, to: string, owner: string): void {
  const args = ["--root", root.root, "--package", owner, "--divert", to, "--no-rename", "--add", "/usr/bin/tool"];
  execFileSync("dpkg-divert", args, { stdio: "pipe" });
}

function overrideMode(root: DpkgRoot, mode: string): void {
  const args = ["--root", root.root, "--force-statoverride-add", "--add", "root", "root", mode, "/usr/bin/tool"];
  execFileSync("dpkg-statoverride", args, { stdio: "pipe" });
}

function fault(name: string, kind: PlantedFault["expected"]["kind"], path: string, rebase: DpkgRebase): PlantedFault {
  return { check: "packages", name, sides: () => build(rebase), expected: { kind, path }, missing };
}

/** Faults in databases that dpkg itself wrote. */
export const DPKG_FAULTS: readonly PlantedFault[] = [
  fault("By dpkg: a package is installed above a library that the base updates", "database-masked", STATUS, {
    old: install(library("1")),
    next: install(library("2")),
    above: install(CONFIGURED),
  }),
  fault("By dpkg: a library is upgraded on both sides, each to files of its own", "package-on-both-sides", STATUS, {
    old: install(library("1")),
    next: install(library("2")),
    above: install(library("3")),
  }),
  fault("By dpkg: the library that a package depends on is gone", "dependency-unmet", STATUS, {
    old: install(library("1")),
    next: install({ ...library("2"), name: "libx2" }),
    above: install(CONFIGURED),
  }),
  fault("By dpkg: a purged library comes back in another version", "package-on-both-sides", STATUS, {
    old: install(library("1"), { ...CONFIGURED, control: [] }),
    next: install(library("2"), { ...CONFIGURED, control: [] }),
    above: (root) => root.run("--purge", "libx1"),
  }),
  fault("By dpkg-divert: a file is diverted to two places", "database-unmergeable", "var/lib/dpkg/diversions", {
    old: install(library("1"), CONFIGURED),
    next: (root) => divert(root.install(library("1"), CONFIGURED), "/usr/bin/tool.base", "libx1"),
    above: (root) => divert(root, "/usr/bin/tool.image", "tool"),
  }),
  fault("By dpkg-statoverride: a file has two modes", "database-unmergeable", "var/lib/dpkg/statoverride", {
    old: install(library("1"), CONFIGURED),
    next: (root) => overrideMode(root.install(library("1"), CONFIGURED), "4755"),
    above: (root) => overrideMode(root, "2755"),
  }),
];

function harmless(name: string, rebase: DpkgRebase): HarmlessRebase {
  return { name, sides: () => build(rebase), missing };
}

/** Rebases of file systems that dpkg wrote, which can be merged. */
export const HARMLESS_DPKG: readonly HarmlessRebase[] = [
  harmless("By dpkg: a package with a configuration file, above a library that the base updates", {
    old: install(library("1")),
    next: install(library("1.1")),
    above: install(CONFIGURED),
  }),
  harmless("By dpkg: the same upgrade on both sides", {
    old: install(library("1"), CONFIGURED),
    next: install(library("2"), CONFIGURED),
    above: install(library("2")),
  }),
  harmless("By dpkg: a package removed, whose configuration stays, and the base updates its library", {
    old: install(library("1"), CONFIGURED),
    next: install(library("2"), CONFIGURED),
    above: (root) => root.run("--remove", "tool"),
  }),
];
