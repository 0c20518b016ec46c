import { deflateSync } from "node:zlib";
import { expect, it } from "vitest";
import { crateStream } from "#testing/builders/build-data.ts";
import {
  CRATE_PROBE_BYTES,
  inflateCrateList,
  isCrateStream,
  MAX_CRATE_DEPENDENCIES,
  MAX_CRATES,
  mayBeCrateStream,
  parseCrateList,
} from "./index.ts";

const parse = (packages: unknown) => parseCrateList(JSON.stringify({ packages }));
const messagesOf = (packages: unknown) => parse(packages).problems.map(({ message }) => message);

it("reads crates with what they depend on, the program's own, and those of the build", () => {
  const list = [
    { name: "a", version: "1.0.0", source: "crates.io", kind: "build" },
    { name: "b_c", version: "2.0.0-rc.1", source: "git", dependencies: [0] },
    { name: "demo", version: "0.3.0", source: "local", dependencies: [0, 1], root: true },
  ];
  expect(parse(list)).toEqual({
    value: [
      { name: "a", version: "1.0.0", isBuildTime: true, isRoot: false, dependencies: [] },
      { name: "b_c", version: "2.0.0-rc.1", isBuildTime: false, isRoot: false, dependencies: [0] },
      { name: "demo", version: "0.3.0", isBuildTime: false, isRoot: true, dependencies: [0, 1] },
    ],
    problems: [],
  });
});

it("keeps the places of crates without a name, and reports them", () => {
  const { value, problems } = parse([
    { name: "a b", version: "1" },
    7,
    { name: "c", version: "1", dependencies: [1, 9] },
  ]);
  expect(value.map(({ name }) => name)).toEqual(["", "", "c"]);
  expect(value[2]!.dependencies).toEqual([1]);
  expect(problems.map(({ message }) => message)).toEqual([
    'a crate without a valid name and version: "a b"',
    'a crate without a valid name and version: "undefined"',
    "a dependency leads to no crate",
  ]);
});

it.each([
  ["{", /not valid JSON/],
  ["[]", /has no packages/],
  ['{"packages":{}}', /has no packages/],
])("reports %s", (text, message) => {
  const { value, problems } = parseCrateList(text);
  expect([value, problems]).toEqual([[], [{ code: "bad-program", message: expect.stringMatching(message) }]]);
});

it("reads as many crates and dependencies as it may", () => {
  const crate = { name: "a", version: "1", dependencies: Array.from({ length: 11 }, () => 0) };
  const { value, problems } = parse(Array.from({ length: MAX_CRATES + 1 }, () => crate));
  expect(value.length).toBe(MAX_CRATES);
  expect(value.reduce((sum, { dependencies }) => sum + dependencies.length, 0)).toBe(MAX_CRATE_DEPENDENCIES);
  expect(problems).toHaveLength(2);
  expect(messagesOf([{ name: "a", version: "1" }])).toEqual([]);
});

it("knows a list by its beginning, and inflates it whatever follows", () => {
  const list = [{ name: "a", version: "1.0.0" }];
  for (const level of [1, 6, 9]) {
    const stream = Buffer.concat([crateStream(list, level), Buffer.alloc(200, 0x55)]);
    const probe = stream.subarray(0, CRATE_PROBE_BYTES);
    expect([mayBeCrateStream(probe), isCrateStream(probe)]).toEqual([true, true]);
    expect(inflateCrateList(stream)).toBe(JSON.stringify({ packages: list }));
  }
  for (const text of ['{"packages":{}}', "{}", "x".repeat(1000)])
    expect(isCrateStream(Buffer.concat([deflateSync(text), Buffer.alloc(64)]).subarray(0, 64))).toBe(false);
  for (const text of ["", "abc", "x".repeat(1000)]) expect(mayBeCrateStream(deflateSync(text))).toBe(false);
  expect([mayBeCrateStream, isCrateStream].map((is) => is(Buffer.alloc(64, 0x78)))).toEqual([false, false]);
  expect(inflateCrateList(crateStream(list).subarray(0, -6))).toBeUndefined();
  expect(inflateCrateList(deflateSync('{"packages":["\0"]}'))).toBeUndefined();
});
