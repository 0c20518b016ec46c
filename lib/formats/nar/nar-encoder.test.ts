import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  arbitraryTree,
  directory,
  file,
  type ItemTree,
  listNaive,
  naiveNar,
  symlink,
  writeTree,
} from "#testing/builders/store-items.ts";
import { NarEncoder } from "./nar-encoder.ts";

const hasNix = spawnSync("nix-store", ["--version"]).status === 0;
const SEVERAL = directory({
  run: file("#!/bin/sh\n", true),
  "7 bytes": file("1234567"),
  empty: file(""),
  link: symlink("../run"),
  sub: directory({ none: directory({}), B: file("12345678"), a: file("x") }),
});

/** Walks the tree as a reader would: a directory ends when the next name is not in it. Bodies come in pieces of `pieceBytes`. */
function encode(tree: ItemTree, pieceBytes: number): Buffer {
  const pieces: Buffer[] = [];
  const encoder = new NarEncoder((piece) => void pieces.push(Buffer.from(piece)));
  encoder.start();
  const open: string[] = [];
  const endUntil = (path: string) => {
    while (open.length > 0 && !path.startsWith(open.at(-1)!)) {
      encoder.endDirectory();
      open.pop();
    }
  };
  for (const { path, tree: node } of listNaive(tree)) {
    endUntil(path);
    const name = Buffer.from(path.slice(path.lastIndexOf("/") + 1), "latin1");
    if (node.kind === "symlink") encoder.symlink(name, Buffer.from(node.target, "latin1"));
    else if (node.kind === "file") putFile(encoder, name, { node, pieceBytes });
    else {
      encoder.directory(name);
      open.push(path === "" ? "" : `${path}/`);
    }
  }
  while (open.pop() !== undefined) encoder.endDirectory();
  encoder.finish();
  expect(encoder.byteCount).toBe(pieces.reduce((sum, piece) => sum + piece.length, 0));
  return Buffer.concat(pieces);
}

function putFile(
  encoder: NarEncoder,
  name: Uint8Array,
  { node, pieceBytes }: { node: Extract<ItemTree, { kind: "file" }>; pieceBytes: number },
): void {
  const { body, executable = false } = node;
  encoder.file(name, { executable, byteCount: body.length });
  for (let at = 0; at < body.length; ) {
    const room = encoder.room(Math.min(pieceBytes, body.length - at));
    room.set(body.subarray(at, at + room.length));
    encoder.filled(room.length);
    at += room.length;
  }
  encoder.endFile();
}

describe("NarEncoder", () => {
  it("writes the NAR of the definition, however a body comes in pieces", () => {
    fc.assert(
      fc.property(arbitraryTree, fc.constantFrom(1, 7, 511, 1 << 20), (tree, pieceBytes) => {
        expect(Buffer.compare(encode(tree, pieceBytes), naiveNar(tree))).toBe(0);
      }),
    );
  });

  it("passes on bodies larger than its buffer, and framing at the buffer's end", () => {
    const MIB = 1024 ** 2;
    for (const byteCount of [MIB - 200, MIB - 113, MIB, 2 * MIB + 5]) {
      const tree = directory({
        a: file(Buffer.alloc(byteCount, 1)),
        b: file(Buffer.alloc(byteCount, 2)),
        c: symlink("a"),
      });
      expect(Buffer.compare(encode(tree, 3 * MIB), naiveNar(tree))).toBe(0);
    }
  });

  it("resets for each archive", () => {
    const pieces: Buffer[] = [];
    const encoder = new NarEncoder((piece) => void pieces.push(Buffer.from(piece)));
    encoder.start();
    encoder.directory(Buffer.alloc(0));
    encoder.start();
    encoder.symlink(Buffer.alloc(0), Buffer.from("x"));
    encoder.finish();
    expect(Buffer.concat(pieces)).toEqual(naiveNar(symlink("x")));
  });

  it.skipIf(!hasNix)("writes the output of `nix-store --dump` (needs nix-store on the PATH)", () => {
    const folder = mkdtempSync(join(tmpdir(), "nar-"));
    try {
      writeTree(join(folder, "item"), SEVERAL);
      const dumped = execFileSync("nix-store", ["--dump", join(folder, "item")], {
        env: { ...process.env, HOME: folder },
      });
      expect(Buffer.compare(encode(SEVERAL, 5), dumped)).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
