import assert from "node:assert/strict";
import { parsePacmanDesc, parsePacmanFiles, satisfiesPacmanVersion } from "#lib/formats/pacman/index.ts";
import { comparePacmanVersions } from "#lib/formats/pacman/version.ts";
import { alpmPurl } from "#lib/formats/purl/index.ts";
import type { FuzzTarget } from "../fuzz-target.ts";
import { holdFaults, holdLength, toParts, toText } from "../hold.ts";

const ARCH = { id: "arch", version: "" };

function checkLocalPackage(input: Uint8Array): void {
  const text = toText(input);
  const { value, problems } = parsePacmanDesc(text);
  holdFaults(problems);
  assert.ok(value !== undefined || problems.length > 0, "neither a package nor a problem");
  if (value !== undefined) {
    alpmPurl(value.name, value.version, value.arch, ARCH);
    for (const wanted of value.depends) for (const one of value.provides) satisfiesPacmanVersion(one.version, wanted);
    holdLength([value.name, value.version, ...value.depends.map((each) => each.text)], text);
  }
  const files = parsePacmanFiles(text);
  holdFaults(files.problems);
  holdLength(files.value, text);
}

/** Not transitive: neither is libalpm's own order. */
function checkVersions(input: Uint8Array): void {
  const [a = "", b = ""] = toParts(input, 2);
  assert.equal(comparePacmanVersions(a, a), 0, "equal to itself");
  assert.equal(Math.sign(comparePacmanVersions(a, b)), -Math.sign(comparePacmanVersions(b, a)) + 0);
}

export const PACMAN_TARGETS: readonly FuzzTarget[] = [
  {
    name: "pacman-local",
    maxLength: 1024,
    check: checkLocalPackage,
    dictionary: ["%NAME%\n", "%VERSION%\n", "%DEPENDS%\n", "%PROVIDES%\n", "%FILES%\n", "%REASON%\n", ">=", "\n\n"],
    seeds: [
      "%NAME%\nx\n\n%VERSION%\n1:2-3\n\n%ARCH%\nany\n\n%DEPENDS%\na>=1\nb\n\n%PROVIDES%\na=2\n",
      "%FILES%\netc/\netc/x\n\n%BACKUP%\netc/x\t00\n",
    ],
  },
  {
    name: "pacman-version",
    maxLength: 96,
    check: checkVersions,
    dictionary: [":", "-", ".", "rc", "0"],
    seeds: ["1:1.0rc1-2\x001.0.1-1", "1..2\x001.2a"],
  },
];
