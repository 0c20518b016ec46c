import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventList, listEvents } from "#testing/builders/item-events.ts";
import { arbitraryTree, directory, file, naiveNar, symlink } from "#testing/builders/store-items.ts";
import { NarEncoder } from "./nar-encoder.ts";
import { NarParser } from "./nar-parser.ts";

function parse(nar: Uint8Array, chunkBytes = nar.length): string[] {
  const list = new EventList();
  const parser = new NarParser(list);
  for (let at = 0; at < nar.length; at += chunkBytes) parser.write(nar.subarray(at, at + chunkBytes));
  parser.end();
  return list.events;
}

/** The archive with one piece of text replaced by another of the same length. */
function replace(nar: Buffer, from: string, to: string): Buffer {
  const at = nar.indexOf(from, 0, "latin1");
  expect(at).toBeGreaterThan(0);
  const changed = Buffer.from(nar);
  changed.write(to, at, "latin1");
  return changed;
}

const TREE = directory({ a: file("x", true), b: symlink("target"), c: directory({ d: file("") }) });

describe("NarParser", () => {
  it("reads the events of a walk from the archive, in chunks of any length", () => {
    fc.assert(
      fc.property(arbitraryTree, fc.constantFrom(1, 7, 511, 1 << 20), (tree, chunkBytes) => {
        expect(parse(naiveNar(tree), chunkBytes)).toEqual(listEvents(tree));
      }),
    );
  });

  it("does not read any beginning of an archive as a whole one", () => {
    const nar = naiveNar(TREE);
    for (let length = 0; length < nar.length; length++)
      expect(() => parse(nar.subarray(0, length), 64)).toThrow("the NAR ends too early");
  });

  it.each([
    ["bytes after its end", Buffer.concat([naiveNar(TREE), Buffer.of(0)]), "bytes after its end"],
    ["another format", Buffer.from("PK\x03\x04".repeat(9)), "a length beyond 2^53 bytes"],
    [
      "an unknown word",
      replace(naiveNar(TREE), "regular", "irregul"),
      "expected “regular” or “symlink” or “directory”",
    ],
    ["padding that is not zero", replace(naiveNar(file("x")), "x\0", "xy"), "padding that is not zero"],
    ["names in another order", naiveNar(directory({ a: file(""), b: file("") })), "not in order"],
    ["a name twice", naiveNar(directory({ a: file(""), b: file("") })), "not in order"],
    ["a path as a name", naiveNar(directory({ "a/b": file("") })), "an entry whose name is none"],
    ["the directory above as a name", naiveNar(directory({ "..": file("") })), "an entry whose name is none"],
    ["a name with a zero byte", naiveNar(directory({ "a\0": file("") })), "an entry whose name is none"],
    ["no name", naiveNar(directory({ "": file("") })), "an entry whose name is none"],
    ["a target with a zero byte", naiveNar(symlink("a\0b")), "a link's target with a zero byte"],
    ["a name of 5,000 bytes", naiveNar(directory({ ["a".repeat(5000)]: file("") })), "5000 bytes where"],
  ])("refuses %s", (what, nar, says) => {
    const bytes = what === "names in another order" ? replace(nar, "a\0", "c\0") : nar;
    expect(() => parse(what === "a name twice" ? replace(nar, "b\0", "a\0") : bytes)).toThrow(says);
  });

  it("refuses more levels and more names than an item on disk may have", () => {
    let deep = file("");
    for (let i = 0; i < 257; i++) deep = directory({ a: deep });
    expect(() => parse(naiveNar(deep))).toThrow("more directories deep");
    const parser = new NarParser(new EventList());
    const encoder = new NarEncoder((piece) => parser.write(piece));
    encoder.start();
    encoder.directory(Buffer.of());
    const addAll = () => {
      for (let i = 0; i < 500_000; i++) encoder.symlink(Buffer.from(`${1_000_000 + i}`), Buffer.of());
      encoder.finish();
    };
    expect(addAll).toThrow("more names");
  });
});
