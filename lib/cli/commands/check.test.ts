import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import type { CheckedRule, DiveFigures } from "#lib/model/check-answer.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { debRecord } from "#testing/builders/packages.ts";
import { CYCLONEDX_1_5 } from "#testing/builders/sboms.ts";
import { testStorePath } from "#testing/builders/store.ts";
import { file, makeStore } from "#testing/builders/store-items.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

const { run: runCli } = makeCliSession();

interface Check {
  artifacts: string[];
  passed: boolean;
  rules: (Omit<CheckedRule, "artifact"> & { artifact: string | null })[];
  dive: (DiveFigures & { artifact: string })[];
}

const APT_FLEET = "fleet-apt/oci-zstd";
const DIVE_IMAGE = "images/wagoodman+dive/.data/test-docker-image.tar";

function makeCheckPlace() {
  const place = makeTestPlace();
  const run = (...args: string[]) => runCli(args, { databaseUrl: place.database.url });
  const write = (name: string, text: string | Uint8Array) => {
    writeFileSync(join(place.folder, name), text);
    return join(place.folder, name);
  };
  /** Checks against rules in YAML; expects the exit status to agree with `passed`. */
  const check = async (rules: string, ...args: string[]): Promise<Check> => {
    const config = write("rules.yaml", `rules: ${rules}`);
    const { status, stdout, stderr } = await run("check", ...args, "--config", config, "--json");
    if (stdout === "") throw new Error(stderr);
    const answer: Check = JSON.parse(stdout);
    expect(status).toBe(answer.passed ? 0 : 1);
    expect(answer.passed).toBe(answer.rules.every(({ passed }) => passed));
    return answer;
  };
  const refusal = async (...args: string[]) => {
    const { status, stdout, stderr } = await run("check", ...args);
    expect(stdout).toBe("");
    expect(stderr.trim()).not.toContain("\n");
    return [status, stderr.trim()];
  };
  return { place, run, write, check, refusal };
}

describe.skipIf(sharedData(DIVE_IMAGE) === undefined)("dive's own test image", () => {
  const { run, write, check } = makeCheckPlace();

  beforeAll(async () => {
    await run("scan", `docker-archive:${sharedData(DIVE_IMAGE)}`, "--name", "dive");
  });

  it("has the figures that dive's Test_Analysis states, to the last digit", async () => {
    const { dive, artifacts } = await check("{lowestEfficiency: 0}", "dive");
    expect(dive).toEqual([
      {
        artifact: artifacts[0],
        diveSizeBytes: 1_220_598,
        diveUserSizeBytes: 66_237,
        diveWastedBytes: 32_025,
        diveEfficiency: 0.9844212134184309,
        diveUserWastedPercent: 0.4834911001404049,
      },
    ]);
  });

  // dive's Test_Evaluator.
  it.each([
    ["allFail", "0.99", "1B", "0.01", [false, false, false]],
    ["allPass", "0.9", "50kB", "0.5", [true, true, true]],
    ["allDisabled", "disabled", "disabled", "disabled", []],
    ["mixedResults", "0.9", "1B", "0.5", [true, false, true]],
  ])("gets the verdicts of dive's evaluator: %s", async (_, efficiency, bytes, percent, expected) => {
    const rules = `{lowestEfficiency: ${efficiency}, highestWastedBytes: ${bytes}, highestUserWastedPercent: ${percent}}`;
    const answer = await check(rules, "dive");
    expect(answer.rules.map(({ passed }) => passed)).toEqual(expected);
  });

  it("fails dive's own default configuration as dive does, by the exit status and in a table", async () => {
    const config = write(".dive-ci", "rules:\n  lowestEfficiency: 0.96\n  highestWastedBytes: 19Mb\n");
    const { status, stdout } = await run("check", "dive", "--config", config);
    expect(status).toBe(1);
    expect(stdout.split("\n")).toEqual([
      expect.stringMatching(/^Verdict +Rule +Limit +Actual +Beyond +Artifact$/),
      expect.stringMatching(/^pass +lowestEfficiency +0.96 +0.9844 +– +dive$/),
      expect.stringMatching(/^pass +highestWastedBytes +18.1 MiB +31.3 KiB +– +dive$/),
      expect.stringMatching(/^FAIL +highestUserWastedPercent +0.1 +0.4835 +0.3835 +dive$/),
      "",
      "failed: 1 of 3 rules",
      "",
    ]);
  });
});

describe.skipIf(sharedData(APT_FLEET) === undefined)("an image with packages on a base", () => {
  const { run, check } = makeCheckPlace();

  it("has the waste that another implementation of dive's rule finds", { timeout: 60_000 }, async () => {
    await run("scan", `oci:${sharedData(APT_FLEET)}:t-nginx`, "--name", "nginx");
    const { rules } = await check("{highestWastedBytes: 3231716}", "nginx");
    expect(rules.map(({ excess }) => excess)).toEqual([0, 1, expect.closeTo(0.1762, 4)]);
  });
});

describe("check", () => {
  const { place, run, write, check, refusal } = makeCheckPlace();
  const [small, large] = [testStorePath(1, "small-1"), testStorePath(2, "large-2")];
  const base = buildTar([
    { path: "usr/bin/app", body: "a".repeat(1000) },
    { path: "usr/share/data", body: "d".repeat(400) },
    { path: "var/lib/dpkg/status", body: debRecord("app", {}) },
    { path: "var/lib/dpkg/info/app.list", body: "/usr/bin/app\n" },
  ]);
  const modules = ["2.0.0", "3.0.0"].map((version, i) => ({
    path: `srv/${i}/node_modules/debug/package.json`,
    body: JSON.stringify({ name: "debug", version }),
  }));
  const top = buildTar([{ path: "usr/share/data", body: "D".repeat(500) }, ...modules]);
  const other = buildTar([{ path: "other", body: "o".repeat(50) }]);
  const figure = async (rules: string, ...args: string[]) => {
    const { rules: checked } = await check(rules, ...args);
    expect(checked).toHaveLength(1);
    const [{ actual, excess, passed, reason }] = checked as [CheckedRule];
    return { actual, excess, passed, reason };
  };

  beforeAll(async () => {
    const images = { "base:1": [base], "app:1": [base, top], "moved:1": [other, top] };
    for (const [name, layers] of Object.entries(images)) {
      const path = write(
        name.replace(":", "-"),
        buildDockerArchive(
          layers.map((tar) => gzipSync(tar)),
          { name },
        ),
      );
      await run("scan", `docker-archive:${path}`);
    }
    const listed = write("listed", buildDockerArchive([top], { name: "listed:1" }));
    await run("scan", `docker-archive:${listed}`, "--manifests-only");
    mkdirSync(join(place.folder, "store"));
    makeStore(join(place.folder, "store"), [
      { path: small, tree: file("s".repeat(900)) },
      { path: large, tree: file("l".repeat(20_000)), references: [small] },
    ]);
    await run("scan", `nix-store:${join(place.folder, "store")}`, "--name", "store");
    await run("scan", `sbom:${write("bom.json", JSON.stringify(CYCLONEDX_1_5))}`, "--name", "bom");
  }, 60_000);

  it("compares an image's sizes with the limits, and says by how much they are exceeded", async () => {
    const { rootfsSize, downloadSize } = JSON.parse((await run("show", "app:1", "--json")).stdout);
    for (const [rule, size] of [
      ["maxRootfsSize", rootfsSize],
      ["maxDownloadSize", downloadSize],
    ]) {
      expect(await figure(`{${rule}: ${size}}`, "app:1")).toMatchObject({ actual: size, excess: 0, passed: true });
      expect(await figure(`{${rule}: ${size - 7}}`, "app:1")).toMatchObject({ actual: size, excess: 7, passed: false });
    }
  });

  it("finds components by purl, name, version and pattern, and counts several versions of a name", async () => {
    const { rules } = await check("{forbid: [debug, 'debug@2.*', 'pkg:deb/*', left-pad, 'debug@1.*']}", "app:1");
    expect(rules.map(({ limit, excess }) => [limit, excess])).toEqual([
      ["debug", 2],
      ["debug@2.*", 1],
      ["pkg:deb/*", 1],
      ["left-pad", 0],
      ["debug@1.*", 0],
    ]);
    expect(rules[1]!.actual).toEqual(["pkg:npm/debug@2.0.0#srv/0/node_modules/debug"]);
    expect(await figure("{maxDuplicateVersions: 0}", "app:1")).toMatchObject({ actual: 1, passed: false });
    expect(await figure("{maxDuplicateVersions: 0}", "base:1")).toMatchObject({ actual: 0, passed: true });
  });

  it("measures unowned files in bytes or as a share of the image", async () => {
    const { nodes } = JSON.parse((await run("closure", "base:1", "--json")).stdout);
    const unowned = nodes.find(({ kind }: { kind: string }) => kind === "unowned").selfSize;
    const all = nodes.reduce((sum: number, { selfSize }: { selfSize: number }) => sum + selfSize, 0);
    expect(await figure("{maxUnowned: 399}", "base:1")).toMatchObject({ actual: unowned, excess: unowned - 399 });
    expect(await figure("{maxUnowned: 90%}", "base:1")).toMatchObject({ actual: unowned / all, passed: true });
  });

  it("measures what an artifact adds to a base, named in the file or by --base", async () => {
    const added = 500 + modules.reduce((sum, { body }) => sum + body.length, 0);
    expect(await figure("{maxAdded: {size: 1k, base: base:1}}", "app:1")).toMatchObject({
      actual: added,
      passed: true,
    });
    const named = await check("{maxAdded: {size: 10, base: moved:1}}", "app:1", "--base", "base:1");
    expect(named.rules).toMatchObject([
      { actual: added, rung: "chain", base: expect.stringMatching(/^[0-9a-f]{16}$/) },
    ]);
    // On another base the layer is stored again, and its files are not.
    const moved = (rung: string) => figure(`{maxAdded: {size: 0, base: app:1, rung: ${rung}}}`, "moved:1");
    expect([(await moved("chain")).actual, (await moved("file")).actual]).toEqual([added + 50, 50]);
    expect(await figure("{maxAdded: 0}", "app:1", "--base", "app:1")).toMatchObject({ actual: 0, passed: true });
  });

  it("measures a set as overlap and savings do", async () => {
    const set = ["base:1", "app:1", "moved:1"];
    const savings = JSON.parse((await run("savings", ...set, "--json")).stdout);
    const { cells } = JSON.parse((await run("overlap", ...set, "--rung", "layer", "--json")).stdout);
    const shared = cells.reduce(
      (sum: number, cell: { in: string[]; bytes: number }) => sum + (cell.in.length > 1 ? cell.bytes : 0),
      0,
    );
    const { rules } = await check(
      `{minShared: {size: ${shared + 1}, rung: layer}, maxUnshared: 1, maxOrderPenalty: 1MB}`,
      ...set,
    );
    expect(shared).toBeGreaterThan(1400);
    expect(rules).toMatchObject([
      { rule: "minShared", artifact: null, actual: shared, excess: 1, passed: false, rung: "layer" },
      { rule: "maxUnshared", artifact: null, actual: savings.rungs[0].bytes, passed: false },
      { rule: "maxOrderPenalty", artifact: null, actual: savings.orderPenalty, passed: true },
    ]);
    expect(savings.orderPenalty).toBeGreaterThan(0);
  });

  it("applies rules about closures to closures, and fails if there are none", async () => {
    const { closureSize } = JSON.parse((await run("show", "store", "--json")).stdout);
    const { rules } = await check(`{maxClosureSize: ${closureSize - 1}, maxRootfsSize: 1MB}`, "store", "app:1");
    expect(rules).toMatchObject([
      { rule: "maxClosureSize", actual: closureSize, excess: 1 },
      { rule: "maxRootfsSize", passed: true },
    ]);
    expect(await figure("{maxClosureSize: 1GB}", "app:1")).toMatchObject({
      passed: false,
      reason: "the rule is about closures, and none is given",
    });
    expect(await figure(`{forbid: [${small}]}`, "store")).toMatchObject({ actual: [small], passed: false });
  });

  it.each([
    ["{lowestEfficiency: 0, highestUserWastedPercent: off}", "listed:1", /^listed:1 is known by its manifest alone/],
    ["{maxRootfsSize: 1GB}", "listed:1", /^listed:1 is known by its manifest alone/],
    ["{forbid: [x]}", "listed:1", /^listed:1 is known by its manifest alone/],
    ["{maxUnowned: 1GB}", "listed:1", /^listed:1 is known by its manifest alone/],
    ["{maxDownloadSize: 1GB}", "listed:1", /no download sizes$/],
    ["{maxDownloadSize: 1GB}", "store", /no download sizes$/],
    ["{lowestEfficiency: 0, highestUserWastedPercent: off}", "bom", /^bom is an SBOM/],
    ["{maxRootfsSize: 1GB}", "bom", /^bom is an SBOM/],
    ["{maxClosureSize: 1GB}", "bom", /^bom is an SBOM/],
    ["{maxUnowned: 1GB}", "bom", /^bom is an SBOM/],
    ["{maxAdded: {size: 1GB, base: app:1}}", "bom", /^bom is an SBOM/],
  ])("fails %s for %s, whose figure is not known", async (rules, artifact, reason) => {
    const found = await figure(rules, artifact);
    expect(found).toMatchObject({ actual: null, excess: null, passed: false });
    expect(found.reason).toMatch(reason);
  });

  it("marks a value that is an estimate", async () => {
    // The files of the store are not read: below `package`, its items count whole.
    const { rules } = await check("{maxAdded: {size: 1MB, base: app:1, rung: file}}", "store");
    expect(rules).toMatchObject([{ estimated: true, passed: true }]);
    const config = write("estimated", "rules: {maxAdded: {size: 1MB, base: app:1, rung: file}}");
    expect((await run("check", "store", "--config", config)).stdout).toMatch(
      /^pass +maxAdded \(file\) +976.6 KiB +≈ 2/m,
    );
  });

  it("checks the components of an SBOM", async () => {
    expect(await figure("{maxDuplicateVersions: 0}", "bom")).toMatchObject({ passed: true });
    expect(await figure("{forbid: [no-such-thing]}", "bom")).toMatchObject({ passed: true });
  });

  it("refuses a wrong command line, a bad configuration and a missing file in one line each", async () => {
    const set = write("set", "rules: {minShared: 1}");
    const added = write("added", "rules: {maxAdded: 1}");
    const bad = write("bad", "rules: {maxRootfsSise: 1}");
    expect(await refusal("app:1", "--config", set)).toEqual([
      2,
      expect.stringContaining("expected 2 to 32 artifacts, got 1"),
    ]);
    expect(await refusal("app:1", "--config", added)).toEqual([2, expect.stringContaining("pass --base ARTIFACT")]);
    expect(await refusal("app:1", "--config", bad)).toEqual([
      3,
      expect.stringContaining("did you mean maxRootfsSize?"),
    ]);
    expect(await refusal("app:1", "--config", "/none")).toEqual([4, expect.stringContaining("/none: no such file")]);
    expect(await refusal("app:1", "--config", place.folder)).toEqual([4, expect.stringContaining("EISDIR")]);
    expect(await refusal("app:1", "--config", "/dev/zero")).toEqual([3, expect.stringContaining("the limit is")]);
    expect(await refusal("ap:1", "--config", added)).toEqual([2, expect.stringContaining("did you mean app:1?")]);
  });
});
