import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import type { RelayerAnswer } from "#lib/model/relayer-answer.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar, type TarMember } from "#testing/builders/tar.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

const folder = mkdtempSync(join(tmpdir(), "stratigraph-relayer-command-"));
afterAll(() => rmSync(folder, { recursive: true }));

// It asks no database.
const NO_DATABASE = { databaseUrl: "postgres://localhost:1/none" };
const run = (...args: string[]) => runCli(["relayer", ...args], NO_DATABASE);
const runJson = (...args: string[]) => runCliJson<RelayerAnswer>(["relayer", ...args], NO_DATABASE);

function write(name: string, members: readonly TarMember[]): string {
  const path = join(folder, `${name}.tar`);
  writeFileSync(path, buildDockerArchive([gzipSync(buildTar(members))], { name: `${name}:1` }));
  return `docker-archive:${path}`;
}

const package_ = (name: string, version: number, size: number): TarMember[] => [
  { path: `usr/lib/${name}`, body: `${version}`.repeat(size) },
  { path: `var/lib/dpkg/info/${name}.list`, body: `/usr/lib/${name}\n` },
];
const status = (packages: readonly (readonly [string, number])[]): TarMember => ({
  path: "var/lib/dpkg/status",
  body: packages
    .map(
      ([name, version]) =>
        `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n\n`,
    )
    .join(""),
});

const version = (number: number, small: number) =>
  write(`v${number}`, [
    ...package_("big", 1, 5000),
    ...package_("small", small, 300),
    status([
      ["big", 1],
      ["small", small],
    ]),
  ]);

const STATUS_BYTES = status([
  ["big", 1],
  ["small", 2],
]).body!.length;

describe("relayer", () => {
  const shared = { path: "shared", body: "s".repeat(4000) };
  const sources = ["a", "b"].map((name) => write(name, [shared, { path: name, body: name.repeat(100) }]));

  it("says what images have now, what they would have, and writes nothing unless it is told where", async () => {
    const before = readdirSync(folder);
    const { status: exit, stdout } = await run(...sources, "--max-layers", "2");
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^cut for the bytes of all images together: 8\.0 KiB in 2 layers → 4\.1 KiB in 3 layers$/m);
    expect(stdout).toContain(
      "100% of the gap between layers and single files (4.1 KiB) is closed, which is 100% of what layers can share (4.1 KiB)",
    );
    expect(stdout).toMatch(/3\.9 KiB +2 +files of 2 images: a:1, b:1/);
    expect(stdout).toContain("nothing is written; -o oci:DIR writes the images");
    expect(readdirSync(folder)).toEqual(before);
  });

  it("gives one document, and writes images with a plan beside them", async () => {
    const output = `oci:${join(folder, "out")}`;
    const answer = await runJson(...sources, "--max-layers", "2", "-o", output);
    expect(answer).toMatchObject({
      before: { bytes: 8200, layers: 2 },
      after: { bytes: 4200, layers: 3 },
      output,
      plan: join(folder, "out.plan.json"),
    });
    expect(JSON.parse(readFileSync(answer.plan!, "utf8"))).toMatchObject({ version: 1, goal: "set", maxLayers: 2 });
    expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
    // What was written is what was said, and is cut the same way again.
    const again = await runJson(output, "--max-layers", "2");
    expect([again.before, again.after]).toEqual([answer.after, answer.after]);
  });

  it("keeps the layers of the plan before", async () => {
    const plan = join(folder, "v1.json");
    const first = await runJson(version(1, 1), "--max-layers", "9", "--plan", plan);
    expect([first.goal, first.pull, first.plan]).toEqual(["update", undefined, plan]);
    const next = await runJson(version(2, 2), "--max-layers", "9", "--previous", plan);
    const pulled = next.cut.filter(({ isKept }) => !isKept).map(({ name }) => name);
    expect(pulled.sort()).toEqual(["deb:small", "manager:dpkg database"]);
    expect(next.cut.find(({ name }) => name === "deb:big")!.isKept).toBe(true);
    const { stdout } = await run(version(2, 2), "--max-layers", "9", "--previous", plan);
    expect(stdout).toMatch(/^a host with the images of the previous plan pulls \d+ B in 2 layers$/m);
  });

  it("says what each update of successive versions pulls", async () => {
    const versions = [version(1, 1), version(2, 2), version(3, 3)];
    const { updates } = await runJson(...versions, "--max-layers", "9", "--goal", "update");
    // The package of 300 bytes and the database are new; all is in one layer as it was built.
    const changed = 300 + STATUS_BYTES;
    const built = changed + 5000 + "/usr/lib/big\n".length + "/usr/lib/small\n".length;
    const figures = { built, fresh: changed, kept: changed, total: built, files: changed };
    expect(updates).toEqual([
      { from: "v1:1", to: "v2:1", ...figures },
      { from: "v2:1", to: "v3:1", ...figures },
    ]);
    const { stdout } = await run(...versions, "--max-layers", "9", "--goal", "update");
    expect(stdout).toMatch(
      /^The 2 updates pull 10\.7 KiB as built, 900 B with a new plan each time, and 900 B if the first plan is kept/m,
    );
    expect(stdout).toMatch(/^v2:1 +v1:1 +5\.3 KiB +450 B +450 B +450 B$/m);
  });

  it("says in one line what is wrong with the command line or a file", async () => {
    const plan = join(folder, "bad.json");
    writeFileSync(plan, "{}");
    const [source] = sources as [string];
    const cases: readonly (readonly [number, RegExp, ...string[]])[] = [
      [2, /--max-layers/, source],
      [2, /expected an integer ≥ 1/, source, "--max-layers", "0"],
      [2, /engines can stack 127 layers/, source, "--max-layers", "128"],
      [2, /--previous is for updates/, source, "--max-layers", "2", "--goal", "set", "--previous", plan],
      [3, /not a plan of relayer/, source, "--max-layers", "2", "--previous", plan],
      [4, /cannot be read \(ENOENT\)/, source, "--max-layers", "2", "--previous", join(folder, "none")],
      [2, /expected seconds since 1970/, source, "--max-layers", "2", "--mtime", "-1"],
      [2, /is not a source of images/, "sbom:none.json", "--max-layers", "2"],
      [4, /its folder does not exist/, source, "--max-layers", "2", "-o", `oci:${join(folder, "none/none/out")}`],
    ];
    for (const [expected, message, ...args] of cases) {
      const { status: exit, stderr } = await run(...args);
      expect([args.join(" "), exit, stderr.trimEnd().split("\n").length]).toEqual([args.join(" "), expected, 1]);
      expect(stderr).toMatch(message);
    }
    expect(existsSync(join(folder, "none"))).toBe(false);
  });

  it("reads a saved image from a pipe", async () => {
    const path = join(folder, "a.tar");
    const { status: exit, stdout } = await runCli(["relayer", "docker-archive:-", "--max-layers", "3", "--json"], {
      ...NO_DATABASE,
      input: [readFileSync(path)],
    });
    expect([exit, (JSON.parse(stdout) as RelayerAnswer).before.bytes]).toEqual([0, 4100]);
  });
});
