import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { compareLibraryNames, parseLdSoCache, writeLdSoCache } from "./index.ts";

const CACHE = "/etc/ld.so.cache";

it("orders names as the linker does: numbers by value, and after anything else", () => {
  const names = ["libz.so.10", "libz.so", "libz.so.9", "liba2.so", "libab.so", "libz.so.1.2.13", "libz.so.1"];
  expect(names.toSorted(compareLibraryNames)).toEqual([
    "libab.so",
    "liba2.so",
    "libz.so",
    "libz.so.1",
    "libz.so.1.2.13",
    "libz.so.9",
    "libz.so.10",
  ]);
});

it("reads what it writes, without a generator too", () => {
  const entries = ["libb.so.1", "liba.so.1"].map((name) => ({ name, path: `/lib/${name}`, flags: 0x303, hwcap: 0n }));
  for (const generator of ["ldconfig 2.41", ""])
    expect(parseLdSoCache(writeLdSoCache({ entries, generator }))).toEqual({
      value: { entries, generator },
      problems: [],
    });
});

it.skipIf(!existsSync(CACHE))("writes this machine's cache from its entries in any order, byte for byte", () => {
  const bytes = readFileSync(CACHE);
  const { value } = parseLdSoCache(bytes);
  const entries = value!.entries.toReversed().toSorted((a, b) => (a.path < b.path ? -1 : 1));
  // Of equal names the earlier comes first, so that only these keep their order.
  const order = new Map(value!.entries.map((entry, i) => [`${entry.name} ${entry.path}`, i]));
  const place = ({ name, path }: (typeof entries)[number]) => order.get(`${name} ${path}`)!;
  const names = Map.groupBy(entries, ({ name }) => name);
  const shuffled = [...names.values()].flatMap((same) => same.toSorted((a, b) => place(a) - place(b)));
  expect(Buffer.from(writeLdSoCache({ entries: shuffled, generator: value!.generator })).equals(bytes)).toBe(true);
});

it.each([
  ["nothing", ""],
  ["a magic alone", "glibc-ld.so.cache1.1"],
  ["another file", "x".repeat(100)],
])("%s is no cache", (_, text) => {
  const { value, problems } = parseLdSoCache(Buffer.from(text));
  expect(value).toBeUndefined();
  expect(problems).toMatchObject([{ code: "bad-program" }]);
});

it("reads the entries that there are of a cache that claims more, and no string beyond its end", () => {
  const entry = { name: "liba.so.1", path: "/lib/liba.so.1", flags: 0x303, hwcap: 0n };
  const bytes = Buffer.from(writeLdSoCache({ entries: [entry], generator: "x" }));
  bytes.writeUInt32LE(2 ** 32 - 1, 20);
  bytes.writeUInt32LE(2 ** 31, 52);
  const { value, problems } = parseLdSoCache(bytes);
  expect(value!.entries[0]).toEqual({ ...entry, name: "" });
  expect(problems[0]?.message).toContain("do not fit");
});
