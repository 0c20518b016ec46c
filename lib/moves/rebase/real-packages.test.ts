import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openEnvironment } from "#lib/sources/environment.ts";
import { queryDpkg } from "#testing/run/dpkg.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { textAt } from "./both-written.ts";
import { checkPackages } from "./check-packages.ts";
import { openSide } from "./open-side.ts";
import { type ChosenSide, readSides } from "./read-sides.ts";
import type { CheckResult, MergedFile, MovedTree, RebaseSides } from "./sides.ts";

const FLEET = sharedData("fleet-apt");
const hasDpkgQuery = spawnSync("dpkg", ["--version"]).status === 0;
const tools = {
  environment: openEnvironment({ baseDir: "/", hasStdin: false, allowed: "all" }),
  signal: new AbortController().signal,
};
const ADMIN = "var/lib/dpkg";

async function open(name: string): Promise<ChosenSide> {
  const side = await openSide(`oci:${join(FLEET!, "oci-zstd")}:${name}`, "all", tools);
  return { side, image: side.images[0]! };
}

/** dpkg's database as the tree has it, with the merged files over it. Returns its directory. */
function writeAdminDir(folder: string, tree: MovedTree, merged: readonly MergedFile[] = []): string {
  const root = mkdtempSync(join(folder, "root-"));
  const dropped = new Set(merged.filter(({ kind }) => kind === "whiteout").map(({ path }) => path));
  for (const { path, body } of tree.names) {
    const text = path.startsWith(`${ADMIN}/`) && body !== undefined ? textAt(tree, path) : undefined;
    if (text !== undefined && !dropped.has(path)) write(join(root, path), Buffer.from(text, "latin1"));
  }
  for (const file of merged) if (file.kind === "file") write(join(root, file.path), file.body);
  return join(root, ADMIN);
}

function write(path: string, body: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, body);
}

describe.skipIf(FLEET === undefined)("nginx on Debian, its base eight packages older", () => {
  const folder = mkdtempSync(join(tmpdir(), "stratigraph-test-"));
  let sides: RebaseSides;
  let rebuilt: MovedTree;
  let result: CheckResult;

  beforeAll(async () => {
    const [image, oldBase, newBase, other] = await Promise.all(["o-nginx", "deb13o", "deb13", "t-nginx"].map(open));
    sides = await readSides({ image: image!, oldBase: oldBase!, newBase: newBase! }, tools.signal);
    ({ before: rebuilt } = await readSides({ image: other!, oldBase: newBase!, newBase: newBase! }, tools.signal));
    result = checkPackages(sides);
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true }));

  const bodyOf = (path: string) => {
    const file = result.merged.find((each) => each.path === path);
    return file?.kind === "file" ? Buffer.from(file.body).toString("latin1") : undefined;
  };

  it("merges the databases into those of a true rebuild, byte for byte", () => {
    expect(bodyOf(`${ADMIN}/status`)).toBe(textAt(rebuilt, `${ADMIN}/status`));
    expect(bodyOf("var/cache/debconf/templates.dat")).toBe(textAt(rebuilt, "var/cache/debconf/templates.dat"));
    expect(result.merged.map(({ kind, path }) => `${kind} ${path}`).sort()).toEqual([
      "file var/cache/debconf/templates.dat",
      "file var/lib/dpkg/status",
      "whiteout var/cache/debconf/config.dat-old",
      "whiteout var/cache/debconf/templates.dat-old",
      "whiteout var/lib/dpkg/status-old",
    ]);
  });

  it("names the eight packages that would be reported at their old versions, and blocks nothing", () => {
    const masked = result.findings.filter(({ path }) => path === `${ADMIN}/status`);
    expect(masked.map(({ evidence }) => evidence)).toEqual([
      "gzip 1.13-1 → 1.13-1+deb13u1",
      "libaudit-common 1:4.0.2-2 → 1:4.0.2-2+deb13u1",
      "libaudit1 1:4.0.2-2 → 1:4.0.2-2+deb13u1",
      "libc-bin 2.41-12+deb13u4 → 2.41-12+deb13u5",
      "libc6 2.41-12+deb13u4 → 2.41-12+deb13u5",
      "libssl3t64 3.5.7-1~deb13u2 → 3.5.9-1~deb13u1",
      "openssl-provider-legacy 3.5.7-1~deb13u2 → 3.5.9-1~deb13u1",
      "tzdata 2026b-0+deb13u1 → 2026f-0+deb13u1",
    ]);
    expect(new Set(result.findings.map(({ kind, weight }) => `${kind} ${weight}`))).toEqual(
      new Set(["database-masked merges"]),
    );
    expect(result.before).toEqual([]);
    expect(result.scope).toBe("96 packages; 5 database files written on both sides");
  });

  it.skipIf(!hasDpkgQuery)(
    "gives dpkg a clean database that lists what the rebuild lists, and old versions without it",
    () => {
      const list = (dir: string) => queryDpkg(dir, "--list");
      const merged = writeAdminDir(folder, sides.after, result.merged);
      expect(list(merged)).toBe(list(writeAdminDir(folder, rebuilt)));
      expect(queryDpkg(merged, "--audit")).toBe("");
      const masked = list(writeAdminDir(folder, sides.after));
      expect(masked.split("\n").filter((line) => !list(merged).includes(line))).toHaveLength(8);
      expect(masked).toContain("2.41-12+deb13u4");
    },
  );
});
