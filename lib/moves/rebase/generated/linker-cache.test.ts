import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openEnvironment } from "#lib/sources/environment.ts";
import { buildElf } from "#testing/builders/elf.ts";
import { type PlantedLayer, symlink, toRebase } from "#testing/builders/planted/planted-rebase.ts";
import { buildRebaseSides } from "#testing/builders/rebase-sides.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { openSide } from "../open-side.ts";
import { readSides } from "../read-sides.ts";
import { LINKER_CACHE } from "./generated-kinds.ts";
import { renewLinkerCache } from "./linker-cache.ts";

const hasLdconfig = process.arch === "x64" && spawnSync("/sbin/ldconfig", ["--version"]).status === 0;
const FLEET = sharedData("fleet-apt/oci-zstd");
const MULTIARCH = "usr/lib/x86_64-linux-gnu";

const library = (soname: string) => padded(buildElf({ soname }));
/** ldconfig passes over files that are shorter than any real one. */
const padded = (bytes: Uint8Array) => Buffer.concat([bytes, Buffer.alloc(8192)]);

const SYSTEM: PlantedLayer = {
  lib: symlink("usr/lib"),
  "etc/ld.so.conf": "include /etc/ld.so.conf.d/*.conf\n",
  "etc/ld.so.conf.d/b.conf": "/lib/x86_64-linux-gnu\n/usr/lib/x86_64-linux-gnu\n",
  "etc/ld.so.conf.d/a.conf": "/usr/local/lib\n/opt/app/lib\n/nowhere\n",
  [`${MULTIARCH}/libc.so.6`]: library("libc.so.6"),
  [`${MULTIARCH}/libfoo.so.1.2.10`]: library("libfoo.so.1"),
  [`${MULTIARCH}/libfoo.so.1.2.9`]: library("libfoo.so.1"),
  [`${MULTIARCH}/libfoo.so.1`]: symlink("libfoo.so.1.2.10"),
  [`${MULTIARCH}/libfoo.so`]: symlink("libfoo.so.1"),
  [`${MULTIARCH}/libopenblas.so.0`]: library("libopenblas.so.0"),
  [`${MULTIARCH}/libblas.so.3`]: symlink("libopenblas.so.0"),
  [`${MULTIARCH}/libbare.so`]: padded(buildElf({})),
  [`${MULTIARCH}/libscript.so`]: "GROUP ( /lib/libc.so.6 )\n".padEnd(9000),
  [`${MULTIARCH}/libdangling.so.1`]: symlink("libgone.so.1"),
  [`${MULTIARCH}/plugin.so`]: library("plugin.so"),
  [`${MULTIARCH}/libprogram.so`]: padded(buildElf({ type: 2 })),
  "usr/lib/libplain.so.1": library("libplain.so.1"),
  "usr/lib64/libother.so.1": library("libother.so.1"),
  "opt/app/lib/libi386.so.1": padded(buildElf({ bits: 32, machine: 3, soname: "libi386.so.1" })),
  "usr/local/lib/libfoo.so.1": library("libfoo.so.1"),
  "opt/app/lib/libapp-2.so.0": library("libapp-2.so.0"),
  "opt/app/lib/libother.so": padded(buildElf({ machine: 183, soname: "libarm.so.1" })),
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "stratigraph-ldconfig-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function writeRoot(layer: PlantedLayer): void {
  const entries = Object.entries(layer).sort(([a], [b]) => Number(b === "lib") - Number(a === "lib"));
  for (const [path, given] of entries) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    if (typeof given === "string" || given instanceof Uint8Array) writeFileSync(file, given);
    else symlinkSync(`${given.link}`, file);
  }
}

it.skipIf(!hasLdconfig)("the cache for a root is that of ldconfig, byte for byte", async () => {
  writeRoot(SYSTEM);
  const run = spawnSync("/sbin/ldconfig", ["-X", "-r", folder], { encoding: "utf8" });
  const written = readFileSync(join(folder, LINKER_CACHE));
  expect([run.status, written.length > 0]).toEqual([0, true]);
  const { oldBase } = await buildRebaseSides(toRebase({ ...SYSTEM, [LINKER_CACHE]: written }, {}, {}));
  expect(Buffer.from(renewLinkerCache(oldBase, written)!).toString("latin1")).toBe(written.toString("latin1"));
});

it.skipIf(FLEET === undefined)("the caches of real images are made again byte for byte", async () => {
  const environment = openEnvironment({ baseDir: "/", hasStdin: false, allowed: "all" });
  const { signal } = new AbortController();
  const names = ["o-nginx", "deb13o", "deb13"];
  const opened = names.map((name) => openSide(`oci:${FLEET}:${name}`, "all", { environment, signal }));
  const [image, oldBase, newBase] = (await Promise.all(opened)).map((side) => ({ side, image: side.images[0]! }));
  const sides = await readSides({ image: image!, oldBase: oldBase!, newBase: newBase! }, signal);
  for (const tree of [sides.oldBase, sides.newBase, sides.before]) {
    const own = tree.document(tree.lookup(LINKER_CACHE)!)!;
    expect(Buffer.from(renewLinkerCache(tree, own)!).equals(own)).toBe(true);
  }
});
