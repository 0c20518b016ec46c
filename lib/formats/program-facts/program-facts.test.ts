import { describe, expect, it } from "vitest";
import { buildElf } from "#testing/builders/elf.ts";
import { parseElfNeeds } from "../elf/index.ts";
import {
  interpreterOf,
  MAX_FACTS_BYTES,
  machineKey,
  parseScriptLine,
  readProgramFacts,
  writeProgramFacts,
} from "./index.ts";

const LIBRARY = {
  needed: ["libc.so.6", "libm.so.6"],
  soname: "libtést.so.1",
  runpath: "$ORIGIN/../lib:/opt",
  versionsNeeded: { "libc.so.6": ["GLIBC_2.34", "GLIBC_2.2.5"], "libm.so.6": ["GLIBC_2.29"] },
  weakVersions: ["GLIBC_2.29"],
  versionsDefined: ["TEST_1", "TEST_2"],
  buildId: "0123456789abcdef",
};
const BUILD = { format: "go", text: "go1.24\npath\tnäme\n" } as const;
const needsOf = (elf: Parameters<typeof buildElf>[0]) => parseElfNeeds([{ offset: 0, bytes: buildElf(elf) }]).value!;

describe("the facts of a program, as a layer keeps them", () => {
  it.each([
    ["a library", { kind: "elf", sha256: "", needs: needsOf(LIBRARY) }],
    ["a program", { kind: "elf", sha256: "ab".repeat(32), needs: needsOf({ ...LIBRARY, type: 2, bits: 32 }) }],
    ["a static program", { kind: "elf", sha256: "01".repeat(32), needs: needsOf({ type: 2, isLittle: false }) }],
    ["a program of Go", { kind: "elf", sha256: "ab".repeat(32), needs: needsOf({ type: 2 }), build: BUILD }],
    [
      "a library with crates",
      { kind: "elf", sha256: "", needs: needsOf(LIBRARY), build: { format: "cargo", text: "{}" } },
    ],
    ["a script", { kind: "script", line: "/usr/bin/env -S node --test" }],
  ] as const)("of %s are read as they were written", (_, facts) => {
    expect(readProgramFacts(writeProgramFacts(facts))).toEqual(facts);
  });

  it("of two files have one key if one could load the other", () => {
    const key = (elf: Parameters<typeof buildElf>[0]) =>
      machineKey(writeProgramFacts({ kind: "elf", sha256: "", needs: needsOf(elf) }));
    expect(key({ machine: 62 })).toBe(key(LIBRARY));
    expect(new Set([key({}), key({ bits: 32 }), key({ isLittle: false }), key({ machine: 183 })]).size).toBe(4);
    expect(machineKey(writeProgramFacts({ kind: "script", line: "/bin/sh" }))).toBeUndefined();
  });

  it("are nothing of other documents", () => {
    for (const text of ["", "SGe1", "Package: a\n", `SGe1${"x".repeat(MAX_FACTS_BYTES)}`])
      expect([readProgramFacts(Buffer.from(text)), machineKey(Buffer.from(text))]).toEqual([undefined, undefined]);
  });
});

it.each([
  ["#!/bin/sh -e\nexit", "/bin/sh", false],
  ["#! /usr/bin/perl", "/usr/bin/perl", false],
  ["#!/usr/bin/env python3\r\n", "python3", true],
  ["#!/usr/bin/env -S FOO=1 node --test\n", "node", true],
  ["#!/usr/bin/env -Sdeno run\n", "deno", true],
  ["#!/usr/bin/env /opt/x\n", "/opt/x", false],
])("the interpreter of %j is %s", (text, program, isSearched) => {
  expect(interpreterOf(parseScriptLine(Buffer.from(text))!)).toEqual({ program, isSearched });
});

it("a file without an interpreter line, or with an empty one, has no interpreter", () => {
  for (const text of ["", "#", "# /bin/sh", "#!\n/bin/sh"]) expect(parseScriptLine(Buffer.from(text))).toBeUndefined();
  expect(interpreterOf("/usr/bin/env")).toBeUndefined();
});
