import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildElf } from "#testing/builders/elf.ts";
import { parseElfNeeds } from "./index.ts";

const LIBRARY = {
  needed: ["libc.so.6", "libm.so.6"],
  soname: "libtest.so.1",
  rpath: "/opt/lib",
  runpath: "$ORIGIN/../lib",
  versionsNeeded: { "libc.so.6": ["GLIBC_2.34", "GLIBC_2.2.5"], "libm.so.6": ["GLIBC_2.29"] },
  versionsDefined: ["TEST_1", "TEST_2"],
  buildId: "0123456789abcdef",
};

const parse = (bytes: Uint8Array) => parseElfNeeds([{ offset: 0, bytes }]);

describe("what an ELF file needs", () => {
  it.each([
    [64, true],
    [64, false],
    [32, true],
    [32, false],
  ] as const)("is read of a library of %i bits, little-endian %s", (bits, isLittle) => {
    expect(parse(buildElf({ ...LIBRARY, weakVersions: ["GLIBC_2.29"], bits, isLittle }))).toEqual({
      problems: [],
      value: {
        ...LIBRARY,
        bits,
        isLittle,
        type: 3,
        machine: 62,
        isProgram: false,
        interpreter: "",
        versionsNeeded: [
          { file: "libc.so.6", name: "GLIBC_2.34", isWeak: false },
          { file: "libc.so.6", name: "GLIBC_2.2.5", isWeak: false },
          { file: "libm.so.6", name: "GLIBC_2.29", isWeak: true },
        ],
      },
    });
  });

  it.each([
    ["at a fixed address", { type: 2 }, true],
    ["with an interpreter", { interpreter: "/ld" }, true],
    ["that is static and anywhere in memory", { isPie: true }, true],
    ["with an interpreter and a name of its own, as the C library", { interpreter: "/ld", soname: "libc.so.6" }, false],
    ["without any of these", {}, false],
  ])("says whether a file %s is a program", (_, elf, isProgram) => {
    expect(parse(buildElf(elf)).value).toMatchObject({ isProgram });
  });

  it("is nothing for object files and core dumps", () => {
    for (const type of [0, 1, 4]) expect(parse(buildElf({ type }))).toEqual({ value: undefined, problems: [] });
  });

  it("is read from pieces, and missing pieces are a problem", () => {
    const bytes = buildElf(LIBRARY);
    const cut = 300;
    const pieces = [
      { offset: 0, bytes: bytes.subarray(0, cut) },
      { offset: cut, bytes: bytes.subarray(cut) },
    ];
    expect(parseElfNeeds(pieces).value).toMatchObject({ buildId: LIBRARY.buildId });
    const { value, problems } = parseElfNeeds(pieces.slice(0, 1));
    expect(value).toMatchObject({ machine: 62, needed: [] });
    expect(problems.map(({ code }) => code)).toEqual(["bad-program"]);
  });

  it("is a problem for a file that only begins like one", () => {
    const { value, problems } = parse(buildElf().subarray(0, 40));
    expect([value, problems.map(({ code }) => code)]).toEqual([undefined, ["bad-program"]]);
  });

  it("ends at the limit of names, however often a file names the same ones", () => {
    const long = "x".repeat(4000);
    const { value, problems } = parse(buildElf({ needed: Array(40).fill(long) }));
    expect(value?.needed.length).toBe(16);
    expect(problems.map(({ code }) => code)).toEqual(["limit-exceeded"]);
  });
});

it("never throws, whatever bytes follow the magic, and whatever pieces there are", () => {
  const whole = buildElf({ ...LIBRARY, interpreter: "/lib/ld.so" });
  const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 40 });
  fc.assert(
    fc.property(changes, fc.nat(whole.length), fc.nat(64), (list, cut, gap) => {
      const bytes = Buffer.from(whole);
      for (const [at, byte] of list) bytes[at] = byte;
      const pieces = [
        { offset: 0, bytes: bytes.subarray(0, cut) },
        { offset: cut + gap, bytes: bytes.subarray(cut + gap) },
      ];
      expect(parseElfNeeds(pieces).problems.length).toBeLessThanOrEqual(2);
    }),
    { numRuns: 500 },
  );
});
