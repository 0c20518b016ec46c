import { expect, it } from "vitest";
import { goBlob, markModules, pointedGoBlob, withLoaded } from "#testing/builders/build-data.ts";
import { buildElf } from "#testing/builders/elf.ts";
import { MAX_GO_MODULES, MAX_GO_SETTINGS, parseGoBuild, readGoBuild } from "./index.ts";

const BASE = 0x400000;
const TEXT = `path	example.com/app/cmd/a
mod	example.com/app	(devel)
dep	example.com/One	v1.2.3	h1:abc=
dep	example.com/two	v0.1.0
=>	example.com/fork/two	v1.9.0	h1:def=
dep	example.com/three	v1.0.0
=>	../three	(devel)
dep	gopkg.in/old.v2	v2.0.0+incompatible	h1:ghi=
build	-ldflags="-X main.a=b"
build	CGO_ENABLED=0
build	vcs.revision=0123
`;

const readBlob = (bytes: Uint8Array) => readGoBuild({ blobs: [{ offset: 0, bytes }], modules: [], pieces: [] });
const problemsOf = (text: string) => parseGoBuild(text).problems.map(({ message }) => message);

it("reads modules, the modules and directories in their place, and settings", () => {
  expect(parseGoBuild(`go1.24.4 X:boringcrypto\n${TEXT}`)).toEqual({
    value: {
      goVersion: "1.24.4",
      packagePath: "example.com/app/cmd/a",
      main: { path: "example.com/app", version: "" },
      modules: [
        { path: "example.com/One", version: "v1.2.3" },
        {
          path: "example.com/two",
          version: "v0.1.0",
          replacement: { path: "example.com/fork/two", version: "v1.9.0", isLocal: false },
        },
        { path: "example.com/three", version: "v1.0.0", replacement: { path: "../three", version: "", isLocal: true } },
        { path: "gopkg.in/old.v2", version: "v2.0.0+incompatible" },
      ],
      settings: [
        ["-ldflags", '"-X main.a=b"'],
        ["CGO_ENABLED", "0"],
        ["vcs.revision", "0123"],
      ],
    },
    problems: [],
  });
});

it.each([
  ["go1.24.4", "1.24.4"],
  ["go1.25rc1", "1.25rc1"],
  ["devel go1.25-0123abcd Tue Jan 7 10:00:00 2025 +0000", "1.25-0123abcd"],
  ["devel +0123abcd", ""],
  ["", ""],
])("of the version %j, %j is Go's", (text, version) => {
  expect(parseGoBuild(`${text}\n`).value).toMatchObject({ goVersion: version, main: undefined, modules: [] });
});

it("reports lines that name no module, and reads the others", () => {
  const text = "go1\nmod\tno module\tv1.0.0\ndep\t\tv1.0.0\n=>\tm/x\tv1.0.0\ndep\tm/a\tv1.0.0\n=>\tm/b\tv1\n";
  expect(problemsOf(text)).toHaveLength(4);
  expect(problemsOf(text)[0]).toBe(String.raw`no module and version of Go: "mod\tno module\tv1.0.0"`);
  expect(parseGoBuild(text).value.modules).toEqual([{ path: "m/a", version: "v1.0.0" }]);
});

it("reads as many modules and settings as it may", () => {
  const text = `go1\n${"dep\ta\tv1.0.0\n".repeat(MAX_GO_MODULES + 1)}${"build\ta=b\n".repeat(MAX_GO_SETTINGS + 1)}`;
  const { value } = parseGoBuild(text);
  expect([value.modules.length, value.settings.length]).toEqual([MAX_GO_MODULES, MAX_GO_SETTINGS]);
  expect(problemsOf(text)).toEqual([expect.stringMatching(/^more than 10000 modules of Go/)]);
});

it("of a blob keeps all but checksums", () => {
  const kept = TEXT.replaceAll(/\th1:\w+=/g, "");
  expect(readBlob(goBlob("go1.24.4", TEXT))).toBe(`go1.24.4\n${kept}`);
  expect(readBlob(goBlob("go1.24.4", ""))).toBe("go1.24.4\n");
  expect(readBlob(goBlob("go1.24.4", "a\0b\n"))).toBe("go1.24.4\na\u{fffd}b\n");
});

it("of a blob that is cut off, or says no version, reads nothing", () => {
  const blob = goBlob("go1.24.4", TEXT);
  for (let length = 0; length < blob.length; length += 7) expect(readBlob(blob.subarray(0, length))).toBeUndefined();
  expect(readBlob(goBlob("rust", TEXT))).toBeUndefined();
  expect(readBlob(Buffer.concat([blob.subarray(0, 32), Buffer.alloc(100, 0xff)]))).toBeUndefined();
});

it.each([
  [64, false],
  [32, false],
])("follows the pointers of older programs with %i bits", (bits) => {
  const elf = buildElf({ type: 2, bits: 64 });
  const texts = [Buffer.from("go1.17.3"), Buffer.from(markModules(TEXT))];
  const stringsAt = Math.ceil(elf.length / 16) * 16;
  const data = Buffer.alloc(32 + texts[0]!.length + texts[1]!.length);
  let at = 32;
  for (const [i, text] of texts.entries()) {
    data.writeBigUInt64LE(BigInt(BASE + stringsAt + at), i * 16);
    data.writeBigUInt64LE(BigInt(text.length), i * 16 + 8);
    data.set(text, at);
    at += text.length;
  }
  const pieces = [{ offset: 0, bytes: withLoaded(elf, data) }];
  const width = bits / 8;
  const bytes = pointedGoBlob(BASE + stringsAt, BASE + stringsAt + 16, { width });
  const found = readGoBuild({ blobs: [{ offset: 0, bytes }], modules: [], pieces });
  if (bits === 64) expect(found).toBe(`go1.17.3\n${TEXT.replaceAll(/\th1:\w+=/g, "")}`);
  else expect(found).toBeUndefined();
});
