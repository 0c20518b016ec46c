import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import {
  inflateCrateList,
  isCrateStream,
  MAX_CRATE_LIST_BYTES,
  mayBeCrateStream,
  parseCrateList,
} from "#lib/formats/cargo-auditable/index.ts";
import { ElfMemory, listDataRegions } from "#lib/formats/elf/index.ts";
import { GO_BLOB_MAGIC, GO_MODULES_START, parseGoBuild, readGoBuild } from "#lib/formats/go-build/index.ts";
import { cargoPurl, golangPurl } from "#lib/formats/purl/index.ts";
import { BuildFinder } from "#lib/ingest/layers/build-finder.ts";
import { crateStream, goBlob, pointedGoBlob, withLoaded, withUnloaded } from "#testing/builders/build-data.ts";
import { buildElf } from "#testing/builders/elf.ts";
import type { FuzzTarget } from "../fuzz-target.ts";
import { holdFaults, holdLength, toText } from "../hold.ts";

/** Every module has a purl, whatever its text says. */
function checkGoText(input: Uint8Array): void {
  const text = toText(input);
  const { value, problems } = parseGoBuild(text);
  holdFaults(problems);
  const words = [value.goVersion, value.packagePath, ...value.settings.flat()];
  for (const { path, version, replacement } of value.main === undefined
    ? value.modules
    : [value.main, ...value.modules]) {
    assert.match(golangPurl(path, version), /^pkg:golang\//);
    if (replacement?.isLocal === false) golangPurl(replacement.path, replacement.version);
    words.push(path, version, replacement?.path ?? "", replacement?.version ?? "");
  }
  golangPurl("stdlib", value.goVersion);
  holdLength(words, text);
}

/** Positions lead to crates. Inflating leaves memory to the event loop. */
async function checkCrateText(input: Uint8Array): Promise<void> {
  const text = toText(input);
  const { value, problems } = parseCrateList(text);
  holdFaults(problems);
  for (const { name, version, dependencies } of value) {
    if (name !== "") assert.match(cargoPurl(name, version), /^pkg:cargo\//);
    for (const to of dependencies) assert.ok(to < value.length);
  }
  holdLength(
    value.flatMap(({ name, version }) => [name, version]),
    text,
  );
  if (isCrateStream(input)) assert.ok(mayBeCrateStream(input));
  assert.ok((inflateCrateList(input)?.length ?? 0) <= MAX_CRATE_LIST_BYTES);
  await setImmediate();
}

/** What is found is the same whether a file comes in one piece or in many. */
async function checkFinder(input: Uint8Array): Promise<void> {
  const pieces = [{ offset: 0, bytes: input }];
  const found = [input.length, 1 + (input.length >> 1), 97].map((pieceBytes) => {
    const finder = new BuildFinder(input);
    for (let at = 0; at < input.length; at += pieceBytes) finder.push(input.subarray(at, at + pieceBytes), at);
    return finder.finish(pieces);
  });
  assert.deepEqual(found[1], found[0]);
  assert.deepEqual(found[2], found[0]);
  holdFaults(found[0]!.problems);
  assert.ok(!found[0]!.build?.text.includes("\0"));
  for (const { start, end } of listDataRegions(input).loaded) assert.ok(start <= end);
  const memory = ElfMemory.open(pieces);
  assert.ok((memory?.read(memory.readPointer(0x400000) ?? 0, 16)?.length ?? 16) === 16);
  const text = readGoBuild({ blobs: pieces, modules: pieces, pieces });
  assert.ok((text?.length ?? 0) <= 2 * input.length + 8);
  await setImmediate();
}

const ELF = buildElf({ type: 2 });
const MODULES = "mod\tm/a\t(devel)\ndep\tm/b\tv1.0.0\th1:a=\n=>\tm/c\tv1.0.1\n";

export const BUILD_TARGETS: readonly FuzzTarget[] = [
  {
    name: "go-build",
    maxLength: 1024,
    check: checkGoText,
    dictionary: ["\nmod\t", "\ndep\t", "\n=>\t", "\nbuild\t", "\npath\t", "(devel)", "v1.0.0", "+incompatible", "./a"],
    seeds: [
      `go1.24.4 X:a\npath\tm/a/cmd\n${MODULES}build\tGOOS=linux\n`,
      "devel go1.25-0123 Tue\ndep\tm/b\tv0.0.0-2024-a\n=>\t../b\n",
    ],
  },
  {
    name: "crate-list",
    maxLength: 1024,
    check: checkCrateText,
    isAsync: true,
    dictionary: [
      '"packages":[',
      '"name":"a"',
      '"version":"1.0.0"',
      '"dependencies":[0]',
      '"kind":"build"',
      '"root":true',
    ],
    seeds: [
      '{"packages":[{"name":"a","version":"1.0.0","source":"local"},{"name":"b","version":"2","dependencies":[0],"root":true}]}',
      crateStream([{ name: "a", version: "1.0.0", root: true }]),
    ],
  },
  {
    name: "build-data",
    maxLength: 4096,
    check: checkFinder,
    isAsync: true,
    dictionary: [GO_BLOB_MAGIC, GO_MODULES_START].map((mark) => Buffer.from(mark).toString("latin1")),
    seeds: [
      withLoaded(ELF, goBlob("go1.24.4", MODULES)),
      withLoaded(ELF, pointedGoBlob(0x400000, 0x400010)),
      withUnloaded(ELF, crateStream([{ name: "a", version: "1.0.0", root: true }])),
    ],
  },
];
