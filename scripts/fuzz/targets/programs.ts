import assert from "node:assert/strict";
import { isElf, parseElf } from "#lib/formats/elf/index.ts";
import { buildElf } from "#testing/builders/elf.ts";
import type { FuzzTarget } from "../fuzz-target.ts";

/** A file is an ELF file or none; every name in it is a path's length at most, and a beginning of it is read, too. */
function checkElf(input: Uint8Array): void {
  const elf = parseElf(input);
  if (elf === undefined) return;
  assert.ok(isElf(input));
  for (const name of [elf.interpreter, elf.soname, elf.rpath, elf.runpath, ...elf.needed])
    assert.ok(name.length <= 4 * 4096);
  assert.match(elf.buildId, /^(?:[0-9a-f]{2}){0,64}$/);
  assert.ok(elf.needed.length <= 4096);
  parseElf(input.subarray(0, input.length >> 1));
}

const LIBRARY = {
  needed: ["libc.so.6"],
  soname: "liba.so.1",
  runpath: "/lib",
  buildId: "00112233",
  interpreter: "/ld",
};

export const PROGRAM_TARGETS: readonly FuzzTarget[] = [
  {
    name: "elf",
    maxLength: 4096,
    check: checkElf,
    seeds: ([32, 64] as const).flatMap((bits) =>
      [true, false].map((isLittle) => buildElf({ ...LIBRARY, bits, isLittle })),
    ),
  },
];
