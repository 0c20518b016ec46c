import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readProgramFacts } from "#lib/formats/program-facts/index.ts";
import type { LayerScan } from "#lib/model/layer.ts";
import { buildElf } from "#testing/builders/elf.ts";
import { buildTar, inChunks, type TarMember } from "#testing/builders/tar.ts";
import { listElfFiles } from "#testing/run/readelf.ts";
import { isDocument } from "./documents.ts";
import { MAX_ELF_HEAD_BYTES } from "./program-reader.ts";
import { ScanBudget } from "./scan-budget.ts";
import { scanLayer } from "./scan-layer.ts";

const PROGRAM = buildElf({ interpreter: "/ld", needed: ["liba.so.1"], versionsNeeded: { "liba.so.1": ["A_1"] } });
const LIBRARY = buildElf({ soname: "liba.so.1", versionsDefined: ["A_1"], machine: 183 });
const scan = (members: readonly TarMember[], chunkBytes = 1 << 20, budget?: ScanBudget) =>
  scanLayer(inChunks(buildTar(members), chunkBytes), { isDocument, budget });
const factsIn = ({ documents }: LayerScan) =>
  documents.map(({ entry, body }) => [entry, readProgramFacts(body)] as const);

const MEMBERS = [
  { path: "bin/a", body: PROGRAM, mode: 0o755 },
  { path: "lib/liba.so.1", body: LIBRARY },
  { path: "bin/script", body: "#!/bin/sh -e\nexit 0\n", mode: 0o755 },
  { path: "doc/example", body: "#!/bin/sh\n" },
  { path: "a.o", body: buildElf({ type: 1 }) },
  { path: "text", body: "abc" },
  { path: "empty", body: "" },
  { path: "node_modules/a/package.json", body: PROGRAM },
];

it.each([1, 3, 100, 511, 1 << 20])(
  "a layer in pieces of %i bytes keeps the facts of its programs, libraries and executable scripts",
  async (chunkBytes) => {
    const layer = await scan(MEMBERS, chunkBytes);
    expect(layer.problems).toEqual([]);
    const [document, ...facts] = factsIn(layer);
    expect(document).toEqual([7, undefined]);
    const sha256 = createHash("sha256").update(PROGRAM).digest("hex");
    expect(facts).toMatchObject([
      [0, { kind: "elf", sha256, needs: { needed: ["liba.so.1"], isProgram: true } }],
      [1, { kind: "elf", sha256: "", needs: { soname: "liba.so.1", machine: 183, versionsDefined: ["A_1"] } }],
      [2, { kind: "script", line: "/bin/sh -e" }],
    ]);
  },
);

it("of a file longer than what is kept of its beginning, the parts that its headers name are kept too", async () => {
  const file = moveDynamic(buildElf({ needed: ["liba.so.1"], runpath: "/opt" }), MAX_ELF_HEAD_BYTES + 12_345);
  for (const chunkBytes of [4096, 65_536]) {
    const layer = await scan([{ path: "big", body: file }], chunkBytes);
    expect([layer.problems, factsIn(layer)]).toMatchObject([
      [],
      [[0, { needs: { needed: ["liba.so.1"], runpath: "/opt" } }]],
    ]);
  }
});

/** The dynamic section, moved to a place near the end of a longer file. */
function moveDynamic(elf: Uint8Array, at: number): Uint8Array {
  const source = Buffer.from(elf);
  const header = 64 + 56;
  const [from, byteCount] = [Number(source.readBigUInt64LE(header + 8)), Number(source.readBigUInt64LE(header + 32))];
  const longer = Buffer.alloc(at + byteCount + 1000);
  longer.set(source);
  longer.fill(0, from, from + byteCount).set(source.subarray(from, from + byteCount), at);
  longer.writeBigUInt64LE(BigInt(at), header + 8);
  return longer;
}

it("damaged files are one problem of their layer, with the path of the first", async () => {
  const cut = PROGRAM.subarray(0, 200);
  const { problems, documents } = await scan([
    { path: "x/a", body: cut },
    { path: "x/b", body: cut },
    { path: "x/c", body: LIBRARY },
  ]);
  expect(problems).toMatchObject([{ code: "bad-program", severity: "warning", path: "x/a" }]);
  expect(problems[0]!.message).toMatch(/not known: .* 1 more files$/);
  expect(documents.length).toBe(3);
});

it("what exceeds the scan's documents is left out, and said", async () => {
  const budget = ScanBudget.open({ entries: 9, nameBytes: 999, documentBytes: 100 });
  const { problems, documents } = await scan(MEMBERS.slice(0, 2), 4096, budget);
  expect([documents.length, problems.map(({ code }) => code)]).toEqual([1, ["limit-exceeded"]]);
});

it.skipIf(process.platform !== "linux")(
  "keeps of the libraries of this machine in pieces what it keeps of them whole",
  async () => {
    const files = listElfFiles("/usr/lib").filter((_, i) => i % 40 === 0);
    const members = files.map((path, i) => ({ path: `${i}`, body: readFileSync(path), mode: 0o755 }));
    const layer = inChunks(buildTar(members), 2 ** 30);
    const whole = await scanLayer(layer, { isDocument });
    const pieces = await scan(members, 65_549);
    expect(whole.documents.length).toBeGreaterThan(0);
    expect(pieces.documents).toEqual(whole.documents);
  },
);
