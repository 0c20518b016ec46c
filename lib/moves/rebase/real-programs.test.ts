import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { symlink, toRebase } from "#testing/builders/planted/planted-rebase.ts";
import { buildRebaseSides } from "#testing/builders/rebase-sides.ts";
import { checkPrograms } from "./check-programs.ts";

const LOADER = "/lib64/ld-linux-x86-64.so.2";
const LIBC = "/lib/x86_64-linux-gnu/libc.so.6";
const hasCompiler = spawnSync("cc", ["--version"]).error === undefined;
const isDebian = hasCompiler && spawnSync("ls", [LOADER, LIBC]).status === 0;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "stratigraph-linked-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A library of this release: version 2 has one symbol, and one version of symbols, more. */
function link(release: 1 | 2): Buffer {
  const directory = join(folder, `${release}`);
  mkdirSync(directory, { recursive: true });
  const at = (name: string) => join(directory, name);
  const second = release === 2 ? "int second(void) { return 2; }" : "";
  writeFileSync(at("lib.c"), `int first(void) { return 1; }\n${second}\n`);
  const more = release === 2 ? "KEPT_2 { global: second; } KEPT_1;" : "";
  writeFileSync(at("lib.map"), `KEPT_1 { global: first; local: *; };\n${more}\n`);
  const options = ["-shared", "-fPIC", "-Wl,-soname,libkept.so.1", `-Wl,--version-script,${at("lib.map")}`];
  execFileSync("cc", [...options, "-o", at("libkept.so.1"), at("lib.c")]);
  return readFileSync(at("libkept.so.1"));
}

function linkProgram(): Buffer {
  const at = (name: string) => join(folder, "2", name);
  writeFileSync(at("app.c"), "int first(void), second(void); int main(void) { return first() + second() - 3; }\n");
  execFileSync("cc", ["-o", at("app"), at("app.c"), at("libkept.so.1")]);
  return readFileSync(at("app"));
}

/** What the linker of this machine says to the program with the library of that release. */
function runWith(release: 1 | 2): { status: number | null; stderr: string } {
  const environment = { ...process.env, LD_LIBRARY_PATH: join(folder, `${release}`) };
  return spawnSync(join(folder, "2", "app"), { encoding: "utf8", env: environment });
}

it.skipIf(!isDebian)(
  "a program that was really linked is refused on the base where the linker refuses it",
  async () => {
    const [older, newer] = [link(1), link(2)];
    const program = linkProgram();
    const system = {
      "lib64/ld-linux-x86-64.so.2": readFileSync(LOADER),
      "lib/x86_64-linux-gnu/libc.so.6": readFileSync(LIBC),
    };
    const path = "usr/lib/libkept.so.1";
    const upper = { "usr/local/bin/app": program, "usr/bin/app": symlink("/usr/local/bin/app") };
    const check = async (from: Buffer, to: Buffer) =>
      checkPrograms(await buildRebaseSides(toRebase({ ...system, [path]: from }, { ...system, [path]: to }, upper)));

    expect(runWith(1).stderr).toContain("version `KEPT_2' not found");
    const { findings, scope } = await check(newer, older);
    expect(findings).toMatchObject([
      {
        kind: "symbol-version-missing",
        path: "usr/local/bin/app",
        layer: 1,
        evidence: `needs KEPT_2 of libkept.so.1: ${path} defines up to KEPT_1`,
      },
    ]);
    expect(scope).toMatch(/^2 needed libraries, \d+ symbol versions, 1 interpreter, 1 link,/);

    expect(runWith(2).status).toBe(0);
    expect(await check(older, newer)).toMatchObject({ findings: [] });
  },
);
