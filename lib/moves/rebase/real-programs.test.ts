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

type Form = "versioned" | "plain";
type Release = 1 | 2;
const SONAME = "libkept.so.1";
const LIBRARY = `usr/lib/${SONAME}`;

/** The library in its release 1 or 2: 2 has one symbol, and one version of symbols if it has any, more. */
function link(form: Form, release: Release): Buffer {
  const directory = join(folder, form, `${release}`);
  mkdirSync(directory, { recursive: true });
  const at = (name: string) => join(directory, name);
  const second = release === 2 ? "int second(void) { return 2; }" : "";
  writeFileSync(at("lib.c"), `int first(void) { return 1; }\n${second}\n`);
  const more = release === 2 ? "KEPT_2 { global: second; } KEPT_1;" : "";
  writeFileSync(at("lib.map"), `KEPT_1 { global: first; local: *; };\n${more}\n`);
  const script = form === "versioned" ? [`-Wl,--version-script,${at("lib.map")}`] : [];
  execFileSync("cc", ["-shared", "-fPIC", `-Wl,-soname,${SONAME}`, ...script, "-o", at(SONAME), at("lib.c")]);
  return readFileSync(at(SONAME));
}

function linkProgram(form: Form): Buffer {
  const at = (name: string) => join(folder, form, "2", name);
  writeFileSync(at("app.c"), "int first(void), second(void); int main(void) { return first() + second() - 3; }\n");
  execFileSync("cc", ["-o", at("app"), at("app.c"), at(SONAME)]);
  return readFileSync(at("app"));
}

/** What the linker of this machine says to the program with that release of the library. */
function runWith(form: Form, release: Release): { status: number | null; stderr: string } {
  const env = { ...process.env, LD_LIBRARY_PATH: join(folder, form, `${release}`), LD_BIND_NOW: "1" };
  return spawnSync(join(folder, form, "2", "app"), { encoding: "utf8", env });
}

it.skipIf(!isDebian).each([
  {
    form: "versioned",
    refusal: "version `KEPT_2' not found",
    kind: "symbol-version-missing",
    evidence: `needs KEPT_2 of ${SONAME}: ${LIBRARY} defines up to KEPT_1`,
  },
  {
    form: "plain",
    refusal: "undefined symbol: second",
    kind: "library-too-old",
    evidence: `needs second of ${LIBRARY}: not defined there`,
  },
] as const)("a program that was really linked is refused where the linker refuses it: $form", async (planted) => {
  const { form, refusal, kind, evidence } = planted;
  const [older, newer] = [link(form, 1), link(form, 2)];
  const system = {
    "lib64/ld-linux-x86-64.so.2": readFileSync(LOADER),
    "lib/x86_64-linux-gnu/libc.so.6": readFileSync(LIBC),
  };
  const upper = { "usr/local/bin/app": linkProgram(form), "usr/bin/app": symlink("/usr/local/bin/app") };
  const check = async (from: Buffer, to: Buffer) =>
    checkPrograms(
      await buildRebaseSides(toRebase({ ...system, [LIBRARY]: from }, { ...system, [LIBRARY]: to }, upper)),
    );

  expect(runWith(form, 1).stderr).toContain(refusal);
  const { findings, scope } = await check(newer, older);
  expect(findings).toMatchObject([{ kind, path: "usr/local/bin/app", layer: 1, evidence }]);
  expect(scope).toMatch(/^2 needed libraries, \d+ symbol versions, \d+ symbols, 1 interpreter, 1 link in the/);

  expect(runWith(form, 2).status).toBe(0);
  expect(await check(older, newer)).toMatchObject({ findings: [] });
});
