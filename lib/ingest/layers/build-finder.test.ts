import { deflateSync } from "node:zlib";
import { expect, it } from "vitest";
import { CRATE_STREAM_STARTS } from "#lib/formats/cargo-auditable/index.ts";
import { type BuildText, readProgramFacts } from "#lib/formats/program-facts/index.ts";
import {
  crateStream,
  goBlob,
  markModules,
  pointedGoBlob,
  withLoaded,
  withUnloaded,
} from "#testing/builders/build-data.ts";
import { buildElf } from "#testing/builders/elf.ts";
import { buildTar, inChunks } from "#testing/builders/tar.ts";
import { BuildFinder, MAX_CRATE_PLACES, MAX_CRATE_PROBES, MAX_GO_PLACES } from "./build-finder.ts";
import { MAX_ELF_HEAD_BYTES } from "./program-reader.ts";
import { scanLayer } from "./scan-layer.ts";

const ELF = buildElf({ type: 2 });
const MODULES = "path\texample.com/a\nmod\texample.com/a\tv1.0.0\th1:abc=\ndep\texample.com/b\tv2.0.0\th1:def=\n";
const GO: BuildText = { format: "go", text: `go1.24.4\n${MODULES.replaceAll(/\th1:\w+=/g, "")}` };
const CRATES = [{ name: "a", version: "1.0.0", source: "local", root: true }];
const CARGO: BuildText = { format: "cargo", text: JSON.stringify({ packages: CRATES }) };

/** The build in a file, read in pieces of a length, each in memory that is used for the next one. */
function find(file: Uint8Array, pieceBytes = file.length) {
  const finder = new BuildFinder(file.subarray(0, 4096));
  const memory = Buffer.alloc(pieceBytes);
  for (let at = 0; at < file.length; at += pieceBytes) {
    const piece = file.subarray(at, at + pieceBytes);
    memory.set(piece);
    finder.push(memory.subarray(0, piece.length), at);
  }
  memory.fill(0);
  return finder.finish([{ offset: 0, bytes: file }]);
}

/** The build that a layer keeps of it, and what it warns of. */
async function keep(file: Uint8Array, chunkBytes = 65_536) {
  const tar = buildTar([{ path: "bin/a", body: file, mode: 0o755 }]);
  const layer = await scanLayer(inChunks(tar, chunkBytes), { isDocument: () => false });
  const facts = layer.documents[0] && readProgramFacts(layer.documents[0].body);
  return [facts?.kind === "elf" ? facts.build : undefined, layer.problems.map(({ message }) => message)];
}

it.each([1, 2, 7, 63, 64, 65, 1000, 1 << 20])("finds builds in pieces of %i bytes", (pieceBytes) => {
  for (const gap of [0, 1, 50, 127]) {
    expect(find(withLoaded(ELF, goBlob("go1.24.4", MODULES), gap), pieceBytes).build).toEqual(GO);
    expect(find(withUnloaded(ELF, crateStream(CRATES), gap), pieceBytes).build).toEqual(CARGO);
  }
});

it("finds crates compressed at every level", () => {
  const levels = [1, 2, 6, 9].map((level) => crateStream(CRATES, level));
  expect(levels.map((stream) => stream[1])).toEqual(CRATE_STREAM_STARTS.map((start) => start[1]));
  for (const stream of levels) expect(find(withUnloaded(ELF, stream)).build).toEqual(CARGO);
});

it.each([100, 8192 - 3, 8192, 500_000])("keeps those that are %i bytes beyond the copied beginning", async (beyond) => {
  const gap = MAX_ELF_HEAD_BYTES + beyond - ELF.length;
  expect(await keep(withLoaded(ELF, goBlob("go1.24.4", MODULES), gap))).toEqual([GO, []]);
  expect(await keep(withUnloaded(ELF, crateStream(CRATES), gap))).toEqual([CARGO, []]);
});

it("keeps the modules of a large old program, whose pointers lead to what is gone", async () => {
  const data = Buffer.concat([markModules(MODULES), Buffer.alloc(1000)]);
  const far = withLoaded(ELF, data, MAX_ELF_HEAD_BYTES);
  const blob = pointedGoBlob(0x400000 + MAX_ELF_HEAD_BYTES + 100, 0x400000 + MAX_ELF_HEAD_BYTES + 200);
  expect(await keep(withLoaded(far, blob, 65_536))).toEqual([{ ...GO, text: GO.text.replace("go1.24.4", "") }, []]);
});

it("takes no program for one of Go that has the mark as a constant, wherever it is", async () => {
  const constant = Buffer.from("\xff Go buildinf:not a blob");
  const blob = goBlob("go1.24.4", MODULES);
  const padding = Buffer.alloc(64 - (constant.length % 16));
  const both = Buffer.concat([constant, padding, blob]);
  expect(find(withLoaded(ELF, both)).build).toEqual(GO);
  expect(await keep(withLoaded(ELF, Buffer.concat([Buffer.alloc(3), blob])))).toEqual([undefined, []]);
  expect(await keep(withUnloaded(ELF, blob))).toEqual([undefined, []]);
});

it("warns of builds that are damaged or too long", async () => {
  const go = goBlob("go1.24.4", MODULES);
  const long = "dep\texample.com/b\tv2.0.0\n".repeat(8000);
  const crates = crateStream(Array.from({ length: 20_000 }, (_, i) => ({ name: `c${i}`, version: "1.0.0" })));
  const stream = crateStream([...CRATES, ...CRATES.map((each) => ({ ...each, name: "another-crate" }))]);
  const damaged = Buffer.from(stream).fill(0xff, stream.length - 4);
  for (const [file, message] of [
    [withLoaded(ELF, go.subarray(0, 60)), /: Go's information is damaged/],
    [withLoaded(ELF, goBlob("rust1.0", MODULES)), /: Go's information is damaged/],
    [withLoaded(ELF, goBlob("go1.24.4", `${long}${long}`)), /: Go's information is damaged, or too long/],
    [withLoaded(ELF, goBlob("go1.24.4", Buffer.alloc(200_000, "\x80\n", "latin1"))), /: more than \d+ bytes$/],
    [withUnloaded(ELF, crates), /: the list of its crates is damaged, or too long/],
    [withUnloaded(ELF, damaged), /: the list of its crates is damaged/],
  ] as const) {
    const [build, messages] = await keep(file);
    expect([build, messages]).toEqual([undefined, [expect.stringMatching(message)]]);
  }
});

it("looks at few of a file's places", () => {
  const marks = Buffer.concat(
    Array.from({ length: MAX_GO_PLACES + 1 }, () => Buffer.from("\xff Go buildinf:xx", "latin1")),
  );
  const late = Buffer.concat([marks, goBlob("go1.24.4", MODULES)]);
  expect(find(withLoaded(ELF, late)).build).toBeUndefined();
  const other = Buffer.alloc(64).fill(deflateSync('{"other":[]}'), 0, 16);
  for (const [count, bytes] of [
    [MAX_CRATE_PROBES, other],
    [MAX_CRATE_PLACES, Buffer.of(0x78, 0x9c)],
  ] as const) {
    const fewer = Buffer.alloc((count - 1) * bytes.length, bytes);
    expect(find(withUnloaded(ELF, Buffer.concat([fewer, crateStream(CRATES)]))).build).toEqual(CARGO);
    expect(find(withUnloaded(ELF, Buffer.concat([bytes, fewer, crateStream(CRATES)]))).build).toBeUndefined();
  }
});
