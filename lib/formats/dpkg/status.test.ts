import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseExtendedStates } from "./extended-states.ts";
import { MAX_NAME_LENGTH, MAX_VERSION_LENGTH, parseStatus } from "./status.ts";

function namesOf(text: string, statusRequired = true): string[] {
  return parseStatus(text, statusRequired).value.map(({ name }) => name);
}

function record(name: string, status: string): string {
  return `Package: ${name}\nStatus: ${status}\nVersion: 1\n\n`;
}

describe("the installed packages", () => {
  test.each([
    ["install ok installed", true],
    ["deinstall reinstreq installed", true],
    ["install ok unpacked", true],
    ["install ok half-configured", true],
    ["install ok triggers-awaited", true],
    ["install ok triggers-pending", true],
    ["deinstall ok config-files", false],
    ["install reinstreq half-installed", false],
    ["unknown ok not-installed", false],
    ["nonsense", false],
  ])("%s: %s", (status, isThere) => {
    expect(namesOf(record("a", status))).toEqual(isThere ? ["a"] : []);
  });

  test("a record without a Status counts only in images built without dpkg", () => {
    expect(namesOf("Package: a\nVersion: 1\n", true)).toEqual([]);
    expect(namesOf("Package: a\nVersion: 1\n", false)).toEqual(["a"]);
  });
});

describe("a package's record", () => {
  test("all fields needed for detection are read", () => {
    const text = [
      "Package: bash",
      "Essential: yes",
      "Status: install ok installed",
      "Priority: required",
      "Architecture: amd64",
      "Multi-Arch: foreign",
      "Version: 5.2.37-2+b9",
      "Provides: sh (= 5), shell",
      "Pre-Depends: libc6 (>= 2.38)",
      "Depends: base-files (>= 2.1.12),",
      " debianutils (>= 5.6-0.1)",
      "Conffiles:",
      " /etc/bash.bashrc 89269e1298235f1b12b4c16e4065ad0d",
      " /etc/with blank 89269e1298235f1b12b4c16e4065ad0d obsolete",
      " /etc/odd newconffile",
    ].join("\n");
    const { value, problems } = parseStatus(text, true);
    expect(problems).toEqual([]);
    expect(value).toMatchObject([
      {
        name: "bash",
        version: "5.2.37-2+b9",
        arch: "amd64",
        multiArch: "foreign",
        essential: true,
        priority: "required",
        provides: [{ name: "sh", operator: "=", version: "5" }, { name: "shell" }],
        conffiles: ["etc/bash.bashrc", "etc/with blank"],
      },
    ]);
    expect(value[0]!.dependencies.map(({ field, clause }) => `${field}: ${clause.text}`)).toEqual([
      "Pre-Depends: libc6 (>= 2.38)",
      "Depends: base-files (>= 2.1.12)",
      "Depends: debianutils (>= 5.6-0.1)",
    ]);
  });

  test.each([
    ["no name", "Version: 1"],
    ["an empty name", "Package:\nVersion: 1"],
    ["a name that is a path", "Package: ../a\nVersion: 1"],
    ["no version", "Package: a"],
    ["a version with a blank", "Package: a\nVersion: 1 2"],
    ["a name over MAX_NAME_LENGTH", `Package: ${"a".repeat(MAX_NAME_LENGTH + 1)}\nVersion: 1`],
    ["a version over MAX_VERSION_LENGTH", `Package: a\nVersion: ${"1".repeat(MAX_VERSION_LENGTH + 1)}`],
  ])("one with %s is a problem, and the next one is read", (_, text) => {
    const { value, problems } = parseStatus(
      `${text}\nStatus: install ok installed\n\n${record("b", "install ok installed")}`,
      true,
    );
    expect(value.map(({ name }) => name)).toEqual(["b"]);
    expect(problems.map(({ code }) => code)).toEqual(["bad-package-database"]);
  });
});

test("apt's automatic marks are the records with value 1", () => {
  const text =
    "Package: a\nArchitecture: amd64\nAuto-Installed: 1\n\nPackage: b\nAuto-Installed: 0\n\nAuto-Installed: 1\n";
  const { value, problems } = parseExtendedStates(text);
  expect(value).toEqual([{ name: "a", arch: "amd64" }]);
  expect(problems.map(({ message }) => message)).toEqual(["the record at line 8 names no package"]);
});

test("no text makes the parsers throw or return a package without a name", () => {
  const piece = fc.constantFrom(
    "Package: ",
    "Version: ",
    "Status: install ok installed",
    "Depends: ",
    "a",
    "|",
    "(",
    "\n",
    "\n\n",
    " ",
    "\r",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join("")),
      ),
      (text) => {
        for (const { name, version } of parseStatus(text, false).value) expect([name, version]).not.toContain("");
        for (const { name } of parseExtendedStates(text).value) expect(name).not.toBe("");
      },
    ),
  );
});
