import { describe, expect, it } from "vitest";
import { verdictOf } from "#lib/model/rebase-answer.ts";
import { buildElf } from "#testing/builders/elf.ts";
import { symlink, toRebase } from "#testing/builders/planted/planted-rebase.ts";
import { HARMLESS_PROGRAMS, PLANTED_PROGRAMS } from "#testing/builders/planted/programs.ts";
import { buildRebaseSides } from "#testing/builders/rebase-sides.ts";
import { checkPrograms } from "./check-programs.ts";

describe("programs on another base", () => {
  it.each(PLANTED_PROGRAMS)("are found at fault: $name", async ({ rebase, kind, path }) => {
    const { findings } = checkPrograms(await buildRebaseSides(rebase));
    expect(findings.map((found) => [found.kind, found.path])).toContainEqual([kind, path]);
    expect(verdictOf(findings)).toBe("rebuild");
  });

  it.each(HARMLESS_PROGRAMS)("are not: $name", async ({ rebase }) => {
    const { findings } = checkPrograms(await buildRebaseSides(rebase));
    expect(verdictOf(findings)).toBe("safe");
  });
});

it("says since which version of a package a library has the function that is missing", async () => {
  const library = (exports: readonly string[]) => buildElf({ soname: "libdb.so.1", exports });
  const status = (version: string) =>
    `Package: libdb1\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n`;
  const base = (version: string, exports: readonly string[]) => ({
    "usr/lib/libdb.so.1": library(exports),
    "var/lib/dpkg/status": status(version),
    "var/lib/dpkg/info/libdb1.symbols": `libdb.so.1 libdb1 #MINVER#\n${exports.map((name) => ` ${name}@Base ${name === "db_backup" ? "1.4" : "1.0"}\n`).join("")}`,
  });
  const upper = { "opt/app": buildElf({ type: 2, needed: ["libdb.so.1"], imports: ["db_open", "db_backup"] }) };
  const rebase = toRebase(base("1.5-1", ["db_open", "db_backup"]), base("1.3-2", ["db_open"]), upper);
  const { findings, scope } = checkPrograms(await buildRebaseSides(rebase));
  expect(findings).toMatchObject([
    {
      kind: "library-too-old",
      layer: 1,
      evidence: "needs db_backup of usr/lib/libdb.so.1 (since libdb1 1.4; there: 1.3-2): not defined there",
      message: "opt/app would stop where it calls db_backup, which libdb.so.1 does not define in the rebased image.",
    },
  ]);
  expect(scope).toBe("1 needed library, 2 symbols in the image's own layers");
});

it("keeps a link apart that leads nowhere on the old base either", async () => {
  const rebase = toRebase({ "etc/issue": "12" }, { "etc/issue": "13" }, { "usr/bin/tool": symlink("/opt/gone/tool") });
  const { findings, before } = checkPrograms(await buildRebaseSides(rebase));
  expect(findings).toEqual([]);
  expect(before).toMatchObject([
    {
      kind: "link-dangles",
      weight: "note",
      path: "usr/bin/tool",
      evidence: "→ /opt/gone/tool: missing on the old base, too",
      message: "usr/bin/tool leads nowhere: /opt/gone/tool is not in the image.",
    },
  ]);
});
