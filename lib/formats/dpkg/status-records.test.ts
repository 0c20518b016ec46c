import { expect, it } from "vitest";
import { compareDebRecords, splitStatusSides } from "./index.ts";

const record = (name: string, arch: string, rest = "") =>
  `Package: ${name}\nStatus: install ok installed\nArchitecture: ${arch}\nVersion: 1${rest}\n\n`;

it("reads what identifies a record and keeps its text", () => {
  const text = record("a", "amd64", "\nDescription: b\n c");
  const sides = splitStatusSides({ base: text, ours: text, theirs: "" });
  expect(sides?.ours).toEqual([
    { key: "a", text: text.slice(0, -2), name: "a", arch: "amd64", version: "1", state: "installed" },
  ]);
  expect(sides?.theirs).toEqual([]);
});

it("takes the architecture into the key only where one side has the name twice", () => {
  const one = record("a", "all") + record("b", "amd64");
  const two = record("a", "amd64") + record("b", "amd64") + record("b", "i386");
  const sides = splitStatusSides({ base: one, ours: one, theirs: two })!;
  expect(sides.base.map(({ key }) => key)).toEqual(["a", "b:amd64"]);
  expect(sides.theirs.map(({ key }) => key)).toEqual(["a", "b:amd64", "b:i386"]);
});

it("refuses a file with a paragraph that names no package", () => {
  expect(splitStatusSides({ base: "", ours: "Version: 1\n\n", theirs: "" })).toBeUndefined();
});

it("orders as dpkg does: capitals and signs by their bytes, then the architecture", () => {
  const names = ["libc6", "libc-bin", "lib+a", "liba", "zlib1g"].map((name) => record(name, "amd64")).join("");
  const text = names + record("liba", "i386");
  const sorted = splitStatusSides({ base: "", ours: text, theirs: "" })!.ours.toSorted(compareDebRecords);
  expect(sorted.map(({ name, arch }) => `${name}:${arch}`)).toEqual([
    "lib+a:amd64",
    "liba:amd64",
    "liba:i386",
    "libc-bin:amd64",
    "libc6:amd64",
    "zlib1g:amd64",
  ]);
});
