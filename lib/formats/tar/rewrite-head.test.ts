import { describe, expect, it } from "vitest";
import { type TarMember as BuiltMember, buildMember } from "#testing/builders/tar.ts";
import { rewriteHead, type TarEntry, TarParser } from "./index.ts";

type Read = Omit<TarEntry, "path" | "link"> & { path: string; link: string };

function read(tar: Uint8Array): { entries: Read[]; head: Buffer } {
  const entries: Read[] = [];
  const pieces: Uint8Array[] = [];
  const parser = new TarParser({
    entry: ({ path, link, ...rest }) =>
      entries.push({ ...rest, path: Buffer.from(path).toString("latin1"), link: Buffer.from(link).toString("latin1") }),
    body: () => {},
    endEntry: () => {},
    warn: () => {},
    raw: (piece, part) => {
      const length = pieces.reduce((sum, each) => sum + each.length, 0);
      if (part === "header" && length % 512 !== 0) pieces.push(new Uint8Array(512 - (length % 512)));
      pieces.push(piece.slice());
    },
  });
  parser.write(tar);
  return { entries, head: Buffer.concat(pieces) };
}

const CAPABILITY = { "SCHILY.xattr.security.capability": "\u0001x", mtime: "1700000000.25" };
const LONG = `${"d/".repeat(60)}name`;

const MEMBERS: Readonly<Record<string, BuiltMember>> = {
  "a file": { path: "a", body: "body", mode: 0o4755, uid: 7, gid: 8, mtime: 9 },
  "a file with pax records": {
    path: "a",
    body: "body",
    mode: 0o755,
    pax: { ...CAPABILITY, path: LONG, uid: "3000000" },
  },
  "a file of GNU's format": { path: "a", body: "body", format: "gnu", mtime: 5 },
  "a file with a prefix": { path: "a", prefix: "b", body: "body" },
  "a file with the prefix that Go once wrote under GNU's magic": {
    path: "a",
    prefix: "b",
    body: "body",
    format: "gnu",
  },
  "a symlink": { path: "a", type: "2", link: "target", mtime: 4 },
  "a symlink with a long target": { path: "a", type: "2", pax: { linkpath: LONG } },
  "a device": { path: "a", type: "3", mode: 0o600 },
};

describe("the head of a member under another name", () => {
  for (const [name, member] of Object.entries(MEMBERS)) {
    for (const path of ["b", LONG]) {
      it(`keeps everything else of ${name}, named ${path.length} bytes`, () => {
        const { entries, head } = read(buildMember(member));
        const body = member.body === undefined ? Buffer.alloc(0) : Buffer.from("body".padEnd(512, "\0"));
        const renamed = read(Buffer.concat([rewriteHead(head, { path: Buffer.from(path) }), body]));
        expect(renamed.entries[0]).toEqual({ ...entries[0], path });
      });
    }
  }

  it("becomes a hard link with the attributes of the file", () => {
    const { entries, head } = read(buildMember(MEMBERS["a file with pax records"]!));
    const link = read(rewriteHead(head, { path: Buffer.from("b"), hardLink: Buffer.from("c") }));
    expect(link.entries).toEqual([{ ...entries[0], path: "b", link: "c", kind: 3, typeflag: 0x31, byteCount: 0 }]);
  });

  it("gets another time, without its parts of a second", () => {
    const { head } = read(buildMember(MEMBERS["a file with pax records"]!));
    const { entries, head: again } = read(rewriteHead(head, { path: Buffer.from("b"), mtime: 77 }));
    expect(entries[0]).toMatchObject({ path: "b", mtime: 77 });
    expect(again.toString("latin1")).not.toContain("mtime=");
  });

  it("keeps the map of a sparse file", () => {
    const pax = {
      "GNU.sparse.major": "1",
      "GNU.sparse.minor": "0",
      "GNU.sparse.name": "real",
      "GNU.sparse.realsize": "9",
    };
    const map = "1\n0\n4\n".padEnd(512, "\0");
    const sparse = buildMember({ path: "GNUSparseFile.1/real", body: `${map}data`, pax });
    const { entries, head } = read(sparse);
    expect(entries[0]).toMatchObject({ path: "real", byteCount: 4 });
    const renamed = read(
      Buffer.concat([rewriteHead(head, { path: Buffer.from("b") }), Buffer.from("data"), Buffer.alloc(508)]),
    );
    expect(renamed.entries).toEqual([{ ...entries[0], path: "b" }]);
  });
});
