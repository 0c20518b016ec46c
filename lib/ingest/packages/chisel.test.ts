import { zstdCompressSync } from "node:zlib";
import { expect, it } from "vitest";
import { debRecord, viewPackages } from "#testing/builders/packages.ts";

const RECORDS = [
  { jsonwall: "1.0", schema: "1.0", count: 9 },
  { kind: "content", slice: "base-files_chisel", path: "/var/lib/chisel/manifest.wall" },
  { kind: "content", slice: "base-files_var", path: "/etc/" },
  { kind: "content", slice: "libc6_libs", path: "/lib/libc.so.6" },
  { kind: "content", slice: "libssl3_libs", path: "/usr/lib/libssl.so.3" },
  { kind: "package", name: "base-files", version: "13", sha256: "00", arch: "amd64" },
  { kind: "package", name: "libc6", version: "2.39-0ubuntu8", sha256: "00", arch: "amd64" },
  { kind: "package", name: "libssl3", version: "3.0", sha256: "00", arch: "amd64" },
  { kind: "path", path: "/lib/libc.so.6", mode: "0755", slices: ["libc6_libs"], sha256: "00", size: 4 },
  { kind: "slice", name: "libc6_libs" },
];
const manifest = (records: readonly unknown[] = RECORDS) =>
  zstdCompressSync(records.map((record) => `${JSON.stringify(record)}\n`).join(""));

const ROOT = {
  "etc/os-release": 'ID=ubuntu\nVERSION_ID="24.04"\n',
  lib: { symlink: "usr/lib" },
  "usr/lib/libc.so.6": "libc",
  "usr/lib/libssl.so.3": "ssl",
  "usr/lib/libc.so.5": "12",
} as const;

it("the packages that Chisel has cut own the files of their slices", () => {
  const image = viewPackages({ ...ROOT, "var/lib/chisel/manifest.wall": manifest() });
  expect(image.names).toEqual(["base-files@13", "libc6@2.39-0ubuntu8", "libssl3@3.0", "unowned@0"]);
  expect(image.found.components[1]!.identity).toBe("pkg:deb/ubuntu/libc6@2.39-0ubuntu8?arch=amd64&distro=ubuntu-24.04");
  expect(image.names.slice(0, 3).map(image.selfSizeOf)).toEqual([manifest().length, 4, 3]);
  expect([image.ownerOf("usr/lib/libc.so.5"), image.messages]).toEqual(["unowned@0", []]);
});

it("a package that dpkg knows as well is one component, and a second manifest adds nothing", () => {
  const image = viewPackages({
    ...ROOT,
    "var/lib/dpkg/status": debRecord("libc6", { Version: "2.39-0ubuntu8" }),
    "var/lib/dpkg/info/libc6.list": "/lib/libc.so.6\n",
    "opt/manifest.wall": manifest(),
    "var/lib/chisel/manifest.wall": manifest(),
  });
  expect(image.names.filter((name) => name.startsWith("lib"))).toEqual(["libc6@2.39-0ubuntu8", "libssl3@3.0"]);
});

it.each([
  ["no zstd", Buffer.from("{}"), /is not a manifest/],
  ["another file", zstdCompressSync("[]"), /is not a manifest/],
  ["a line that is no JSON", zstdCompressSync('{"jsonwall":"1.0"}\n{"kind":\n'), /line 2 is not a record/],
  [
    "a package without a version",
    manifest([{ jsonwall: "1.0" }, { kind: "package", name: "x" }]),
    /without name and version/,
  ],
])("a damaged manifest is a problem: %s", (_, body, message) => {
  const image = viewPackages({ "var/lib/chisel/manifest.wall": body });
  expect(image.messages).toEqual([expect.stringMatching(message)]);
});
