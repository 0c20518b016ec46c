import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sharedData } from "#testing/run/shared-data.ts";
import { parsePathInfo } from "./index.ts";

const HASH = `sha256:${"00".repeat(32)}`;
const A = `/nix/store/${"a".repeat(32)}-a`;
const B = `/nix/store/${"b".repeat(32)}-b`;
const EXPECTED = [
  { path: A, narHash: HASH, narSize: 10, references: [A, B], deriver: `${A}.drv` },
  { path: B, narHash: "", narSize: undefined, references: [], deriver: "" },
];
const parse = (json: unknown) => parsePathInfo(Buffer.from(JSON.stringify(json)), "file.json");
const baseName = (path: string) => path.slice("/nix/store/".length);

describe("the three forms", () => {
  const info = { narHash: HASH, narSize: 10, references: [A, B], deriver: `${A}.drv` };
  it("list", () => {
    expect(parse([{ path: A, ...info }, { path: B }, { path: `${B}x`, valid: false }])).toEqual(EXPECTED);
  });
  it("object by path", () => expect(parse({ [A]: info, [B]: { deriver: null }, [`${B}x`]: null })).toEqual(EXPECTED));
  it("versioned, with names inside the store", () => {
    const named = { ...info, references: [A, B].map(baseName), deriver: baseName(`${A}.drv`) };
    expect(parse({ version: 3, storeDir: "/nix/store", info: { [baseName(A)]: named, [baseName(B)]: {} } })).toEqual(
      EXPECTED,
    );
  });
});

it("names the field that is wrong", () => {
  expect(() => parse([{ path: A, narSize: "10" }])).toThrow(/narSize/);
  expect(() => parse("x")).toThrow("not the output of nix path-info --json");
});

const real = sharedData("images/NixOS+nix/src/libstore-tests/data/path-info");
it.skipIf(real === undefined).each(["json-1/impure", "json-3/impure", "json-3/pure"])(
  "reads Nix's own example %s",
  (file) => {
    const value = JSON.parse(readFileSync(`${real}/${file}.json`, "utf8")) as object;
    const [info] = parse({
      version: 3,
      storeDir: "/nix/store",
      info: { "n5wkd9frr45pa74if5gpz9j7mifg27fh-foo": value },
    });
    expect(info).toMatchObject({
      path: "/nix/store/n5wkd9frr45pa74if5gpz9j7mifg27fh-foo",
      narSize: 34878,
      narHash: `sha256:${Buffer.from("FePFYIlMuycIXPZbWi7LGEiMmZSX9FMbaQenWBzm1Sc=", "base64").toString("hex")}`,
      references: [
        "/nix/store/g1w7hy3qg1w7hy3qg1w7hy3qg1w7hy3q-bar",
        "/nix/store/n5wkd9frr45pa74if5gpz9j7mifg27fh-foo",
      ],
    });
  },
);
