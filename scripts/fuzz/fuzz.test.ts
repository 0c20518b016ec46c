import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { corpusBytes, keptInputs, listCorpora, MAX_CORPUS_BYTES } from "./corpus.ts";
import { selfTest } from "./self-test.ts";
import { TARGETS } from "./targets.ts";

const FORMATS = join(import.meta.dirname, "../../lib/formats");
const MAX_TEST_MS = 120_000;

/** Functions of lib/formats that are no entry points: they write, work on checked values, or are called by entry points. */
const NO_WAY_IN = new Set([
  ...[
    "NarEncoder",
    "bytesAsSource",
    "boundedList",
    "checkJson",
    "objectOf",
    "recordOf",
    "check",
    "readJsonDocument",
    "readJsonObject",
    "isObject",
    "listOf",
    "objectsOf",
    "textOf",
    "textsOf",
    "optionalList",
    "parseMetadata",
    "readOwnAnnotation",
    "readOwnProperties",
    "toPlace",
    "machinePlatform",
    "encodeHeader",
    "endBlocks",
    "listImages",
    "padding",
    "releaseChunk",
    "isJavaArchive",
    "sealBlock",
    "compareDebRecords",
    "compareLibraryNames",
    "sortLike",
    "toOciLayerType",
    "isScriptFacts",
    "hasBuildText",
  ],
  ...["describeUnreadType", "isForeignType", "isConfigType", "isIndexType", "isManifestType", "isSchema1Type"],
]);

describe("every parser is fuzzed", () => {
  const sources = readdirSync(join(import.meta.dirname, "targets"))
    .map((file) => readFileSync(join(import.meta.dirname, "targets", file), "utf8").replace(/^import[^;]*;$/gm, ""))
    .join("\n");
  const rooms = readdirSync(FORMATS);

  it.each(rooms)("lib/formats/%s", async (room) => {
    const functions = Object.entries(await import(`../../lib/formats/${room}/index.ts`))
      .filter(([name, value]) => typeof value === "function" && !NO_WAY_IN.has(name))
      .map(([name]) => name);
    expect(functions).not.toEqual([]);
    const missing = functions.filter((name) => !new RegExp(`\\b${name}\\b`).test(sources));
    expect(missing).toEqual([]);
  });
});

describe("the corpus", () => {
  it("belongs to targets with unique names", () => {
    const names = TARGETS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(listCorpora().filter((name) => !names.includes(name))).toEqual([]);
  });

  it("stays small", () => {
    for (const { name } of TARGETS) expect(corpusBytes(name)).toBeLessThanOrEqual(MAX_CORPUS_BYTES);
  });

  it.each(TARGETS)("$name: no earlier finding fails again", async (target) => {
    const inputs = keptInputs(target);
    expect(inputs.length).toBeGreaterThan(0);
    for (const input of inputs) {
      expect(input.length).toBeLessThanOrEqual(target.maxLength);
      await target.check(input);
    }
  });
});

describe("the fuzzer finds what is planted", { timeout: MAX_TEST_MS }, () => {
  it("a crash that is found only with coverage, and memory that grows", async () => {
    const root = mkdtempSync(join(tmpdir(), "stratigraph-test-"));
    try {
      const outcomes = await selfTest(root, ["crash", "growth", "sound"]);
      expect(outcomes).toHaveLength(3);
      for (const { name, found, wanted } of outcomes) expect({ name, found }).toEqual({ name, found: wanted });
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
