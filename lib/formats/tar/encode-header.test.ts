import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { encodeHeader, endBlocks, padding, type TarMember, Typeflag } from "./index.ts";

const FILE = { typeflag: Typeflag.file, mode: 0o644, uid: 0, gid: 0, mtime: 1, byteCount: 0 };

// An independent reader, with names as the bytes that they are.
const LIST = `
import json, sys, tarfile
tar = tarfile.open(fileobj=sys.stdin.buffer, mode="r|", encoding="latin1")
print(json.dumps([{
  "path": m.name, "link": m.linkname, "type": m.type.decode(), "mode": m.mode, "uid": m.uid, "gid": m.gid, "mtime": str(m.mtime),
  "device": [m.devmajor, m.devminor], "size": m.size, "pax": dict(m.pax_headers)} for m in tar]))
`;

function list(members: readonly TarMember[]) {
  const tar = members.flatMap((member) => [
    encodeHeader(member),
    new Uint8Array(member.byteCount),
    padding(member.byteCount),
  ]);
  const input = Buffer.concat([...tar, endBlocks()]);
  return JSON.parse(execFileSync("python3", ["-c", LIST], { input, encoding: "utf8" }));
}

it("writes what a header block has no room for", () => {
  const long = `${"a/".repeat(90)}f`;
  const [file] = list([
    {
      ...FILE,
      path: Buffer.from(long),
      link: Buffer.from("b".repeat(120)),
      uid: 3_000_000_000,
      gid: 2 ** 21,
      mtime: -2,
    },
  ]);
  expect(file).toMatchObject({ path: long, link: "b".repeat(120), uid: 3_000_000_000, gid: 2 ** 21, mtime: "-2.0" });
});

it("keeps parts of a second, before the epoch too", () => {
  const times = [
    { mtime: 5, nanoseconds: 7 },
    { mtime: -2, nanoseconds: 750_000_000 },
    { mtime: -1, nanoseconds: 1 },
  ];
  const found = list(times.map((time) => ({ ...FILE, ...time, path: Buffer.from("f") })));
  expect(found.map(({ pax }: { pax: { mtime: string } }) => pax.mtime)).toEqual([
    "5.000000007",
    "-1.250000000",
    "-0.999999999",
  ]);
});

it("writes extended attributes in the order of their names, byte for byte", () => {
  const xattrs = new Map([
    ["user.b", "two"],
    ["security.capability", "\x01\x00\x00\x02\xff"],
  ]);
  const [file] = list([{ ...FILE, path: Buffer.from("f"), xattrs }]);
  expect(Object.keys(file.pax)).toEqual(["SCHILY.xattr.security.capability", "SCHILY.xattr.user.b"]);
  const text = Buffer.from(encodeHeader({ ...FILE, path: Buffer.from("f"), xattrs })).toString("latin1");
  expect(text).toContain("42 SCHILY.xattr.security.capability=\x01\x00\x00\x02\xff\n");
});

it("keeps names that are not text, short and long", () => {
  const [short, long] = [Buffer.from([0x66, 0xff, 0x80]), Buffer.alloc(130, 0xe9)];
  const found = list([
    { ...FILE, path: short },
    { ...FILE, path: long },
    { ...FILE, path: Buffer.from("last") },
  ]);
  expect(found.map(({ path }: { path: string }) => path.length)).toEqual([3, 130, 4]);
  expect(found[0].path).toBe(short.toString("latin1"));
});

it("writes links and devices", () => {
  const found = list([
    { ...FILE, path: Buffer.from("f"), byteCount: 700 },
    { ...FILE, typeflag: Typeflag.hardLink, path: Buffer.from("g"), link: Buffer.from("f") },
    { ...FILE, typeflag: Typeflag.charDevice, path: Buffer.from("null"), device: { major: 1, minor: 3 } },
  ]);
  expect(found).toMatchObject([
    { path: "f", size: 700 },
    { path: "g", type: "1", link: "f" },
    { path: "null", type: "3", device: [1, 3] },
  ]);
});
