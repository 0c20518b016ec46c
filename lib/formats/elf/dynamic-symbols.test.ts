import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { buildElf } from "#testing/builders/elf.ts";
import { hasReadelf, listElfFiles } from "#testing/run/readelf.ts";
import { elfHeadByteCount, listDynamicSymbols, listElfRanges, parseElfNeeds } from "./index.ts";

const FOLDERS = ["/usr/bin", "/usr/lib"].filter(existsSync);
const SAMPLE = 80;
const MAX_HEAD_BYTES = 8 * 1024 ** 2;
const SYMBOL = /^ +\d+: [0-9a-f]+ +\S+ \S+ +(\S+) +(\S+) +(\S+)(?: +(\S+?)(?:@\S+)?(?: \(\d+\))?)?$/gm;

/** As readelf lists them: names without versions. */
function readSymbols(file: string): { imports: string[]; exports: string[] } {
  const run = spawnSync("readelf", ["--dyn-syms", "-W", "--", file], {
    encoding: "latin1",
    maxBuffer: 512 * 1024 ** 2,
  });
  const [imports, exports]: [string[], string[]] = [[], []];
  for (const [, binding, visibility, section, name = ""] of run.stdout.matchAll(SYMBOL)) {
    if (name === "" || binding === "LOCAL") continue;
    if (section === "UND" && binding === "GLOBAL") imports.push(name);
    else if (section !== "UND" && visibility !== "HIDDEN" && visibility !== "INTERNAL") exports.push(name);
  }
  return { imports, exports };
}

it.skipIf(!hasReadelf || FOLDERS.length === 0)(
  "the symbols of programs and libraries of this machine equal those of readelf, also by what a layer keeps of them",
  { timeout: 600_000 },
  () => {
    const all = FOLDERS.flatMap(listElfFiles);
    const step = process.env.STRATIGRAPH_LONG ? 1 : Math.max(1, Math.floor(all.length / SAMPLE));
    let count = 0;
    for (const file of all.filter((_, i) => i % step === 0)) {
      const bytes = readFileSync(file);
      if (parseElfNeeds([{ offset: 0, bytes }]).value === undefined) continue;
      const head = bytes.subarray(0, elfHeadByteCount(bytes.subarray(0, 65_536), MAX_HEAD_BYTES));
      const beyond = listElfRanges(head).map(({ offset, byteCount }) => ({
        offset,
        bytes: bytes.subarray(offset, offset + byteCount),
      }));
      const found = listDynamicSymbols([{ offset: 0, bytes: head }, ...beyond]);
      const expected = readSymbols(file);
      if (found === undefined) expect([file, expected]).toEqual([file, { imports: [], exports: [] }]);
      else {
        expect([file, found.imports.toSorted()]).toEqual([file, expected.imports.toSorted()]);
        expect([file, found.exports.toSorted()]).toEqual([file, expected.exports.toSorted()]);
        count += 1;
      }
    }
    console.info(`symbols of ${count} of ${all.length} ELF files compared with readelf`);
    expect(count).toBeGreaterThan(0);
  },
);

it("a file without symbols, or that is none, has no symbols", () => {
  expect(listDynamicSymbols([{ offset: 0, bytes: Buffer.from("#!/bin/sh\n") }])).toBeUndefined();
  expect(
    listDynamicSymbols([{ offset: 0, bytes: Buffer.from("\x7fELF\x02\x01\x01".padEnd(64, "\0"), "latin1") }]),
  ).toBe(undefined);
});

it.each([32, 64] as const)("reads the symbols that an ELF file of %i bits needs and defines", (bits) => {
  const symbols = { imports: ["open", "close"], exports: ["run"] };
  const bytes = buildElf({ bits, needed: ["libc.so.6"], ...symbols });
  expect(listDynamicSymbols([{ offset: 0, bytes }])).toEqual(symbols);
});

it("symbols are not known if there are too many, if their names are too long, or if a part of them is missing", () => {
  const long = Array.from({ length: 1100 }, (_, i) => `${i}`.padEnd(4000, "x"));
  const many = Array.from({ length: 200_001 }, (_, i) => `${i}`);
  const whole = buildElf({ exports: ["run"] });
  for (const bytes of [buildElf({ exports: long }), buildElf({ exports: many }), whole.subarray(0, whole.length - 40)])
    expect(listDynamicSymbols([{ offset: 0, bytes }])).toBeUndefined();
});
