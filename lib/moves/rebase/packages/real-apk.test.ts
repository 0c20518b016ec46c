import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { joinParagraphs } from "#lib/formats/three-way/index.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { APK } from "./ecosystem.ts";
import { mergeText } from "./merge-text.ts";

const IMAGE = sharedData("images/aquasecurity+trivy/pkg/fanal/test/testdata/alpine-310.tar.gz");

describe.skipIf(IMAGE === undefined)("the databases of a real Alpine", () => {
  const folder = mkdtempSync(join(tmpdir(), "stratigraph-test-"));
  const read = (path: string) => readFileSync(join(folder, path), "latin1");

  beforeAll(() => {
    execFileSync("tar", ["-C", folder, "-xzf", IMAGE!]);
    const [{ Layers }] = JSON.parse(read("manifest.json"));
    for (const layer of Layers) execFileSync("tar", ["-C", folder, "-xf", join(folder, layer), "lib/apk/db"]);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("come out of a merge byte for byte", () => {
    const installed = read("lib/apk/db/installed");
    const records = APK.split({ base: "", ours: installed, theirs: "" })!.ours;
    expect(records.length).toBeGreaterThan(10);
    expect(joinParagraphs(records.map(({ text }) => text))).toBe(installed);
    expect(APK.order(records, { base: [], ours: records, theirs: records })).toEqual(records);
    const scripts = read("lib/apk/db/scripts.tar");
    expect(scripts.length).toBeGreaterThan(1024);
    expect(mergeText("scripts", { base: "", ours: scripts, theirs: scripts }, "scripts.tar")).toEqual({
      text: scripts,
    });
    const triggers = read("lib/apk/db/triggers");
    expect(mergeText("lines", { base: "", ours: triggers, theirs: triggers }, "triggers")).toEqual({ text: triggers });
  });

  it("know the files of each package, and another build by its checksum", () => {
    const [first] = APK.split({ base: "", ours: read("lib/apk/db/installed"), theirs: "" })!.ours;
    expect(first?.checksum).toMatch(/^Q1/);
    expect(APK.listFiles(undefined as never, first!)).toContain("lib/ld-musl-x86_64.so.1");
    const rebuilt = { ...first!, checksum: "Q1other=" };
    expect(APK.buildOf(rebuilt)).not.toBe(APK.buildOf(first!));
  });
});
