import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildElf } from "#testing/builders/elf.ts";
import { parseElf } from "./index.ts";

const LIBRARY = {
  needed: ["libc.so.6", "libm.so.6"],
  soname: "libtest.so.1",
  runpath: "$ORIGIN/../lib",
  buildId: "0123456789abcdef0123456789abcdef01234567",
};

describe("an ELF file", () => {
  it.each([
    [64, true, "little-endian"],
    [64, false, "big-endian"],
    [32, true, "little-endian"],
    [32, false, "big-endian"],
  ] as const)("of %i bits, little-endian %s, says what it is and what it needs", (bits, isLittle, byteOrder) => {
    expect(parseElf(buildElf({ ...LIBRARY, bits, isLittle }))).toEqual({
      bits,
      byteOrder,
      type: "shared object",
      machine: "x86-64",
      interpreter: "",
      ...LIBRARY,
      rpath: "",
      isIncomplete: false,
    });
  });

  it("with an interpreter and no SONAME is a position-independent executable", () => {
    const elf = parseElf(buildElf({ interpreter: "/lib64/ld-linux-x86-64.so.2", needed: ["libc.so.6"] }));
    expect(elf).toMatchObject({
      type: "position-independent executable",
      interpreter: "/lib64/ld-linux-x86-64.so.2",
    });
  });

  it("of an unknown machine or type has its number", () => {
    expect(parseElf(buildElf({ type: 9, machine: 999 }))).toMatchObject({ type: "type 9", machine: "machine 999" });
  });

  it("that ends early keeps what is there, and is marked", () => {
    const whole = buildElf(LIBRARY);
    expect(parseElf(whole.subarray(0, 200))).toMatchObject({ machine: "x86-64", isIncomplete: true });
  });

  it("is none without its magic, class or byte order", () => {
    expect(parseElf(Buffer.from("#!/bin/sh\n"))).toBeUndefined();
    for (const at of [0, 4, 5]) expect(parseElf(Buffer.from(buildElf()).fill(9, at, at + 1))).toBeUndefined();
    expect(parseElf(buildElf().subarray(0, 40))).toBeUndefined();
  });

  it.skipIf(!existsSync("/bin/sh"))("of this machine has an interpreter and needs a C library", () => {
    const elf = parseElf(readFileSync("/bin/sh"));
    expect(elf?.interpreter).toMatch(/^\/.*ld/);
    expect(elf?.needed.join()).toMatch(/libc/);
    expect(elf?.isIncomplete).toBe(false);
  });
});

it("never throws, whatever bytes follow the magic", () => {
  const whole = buildElf({ ...LIBRARY, interpreter: "/lib/ld.so" });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 40 }), (changes) => {
      const bytes = Buffer.from(whole);
      for (const [at, byte] of changes) bytes[at] = byte;
      const elf = parseElf(bytes);
      expect((elf?.needed.length ?? 0) <= 4096 && (elf?.buildId.length ?? 0) <= 128).toBe(true);
    }),
    { numRuns: 500 },
  );
});
