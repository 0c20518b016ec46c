import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import type { RebaseAnswer } from "#lib/model/rebase-answer.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildMember, buildTar, type TarMember } from "#testing/builders/tar.ts";
import { directory, file, MERGED_USR, program, SPLIT_USR } from "#testing/planted/small-bases.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { sharedData } from "#testing/run/shared-data.ts";

const { run: runCli } = makeCliSession();

const folder = mkdtempSync(join(tmpdir(), "stratigraph-rebase-command-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Document {
  readonly verdict: string;
  readonly findings: readonly { kind: string; path: string; layer: number | null; message: string; platform: string }[];
  readonly pullBytes: number;
  readonly output: string | null;
  readonly platforms: readonly RebaseAnswer[];
}

/** Writes an archive of these layers and returns its source. */
function write(name: string, layers: readonly (readonly TarMember[])[], config: object = {}): string {
  const tars = layers.map((members) => gzipSync(buildTar(members)));
  const path = join(folder, `${name}.tar`);
  writeFileSync(path, buildDockerArchive(tars, { name: `${name}:1`, config: { config } }));
  return `docker-archive:${path}`;
}

// A rebase asks no database.
const run = (...args: string[]) => runCli(["rebase", ...args], { databaseUrl: "postgres://localhost:1/none" });
const runJson = async (...args: string[]): Promise<[number | null, Document]> => {
  const { status, stdout, stderr } = await run(...args, "--json");
  expect(stderr).toBe("");
  return [status, JSON.parse(stdout) as Document];
};

const split = write("split", [SPLIT_USR]);
const merged = write("merged", [MERGED_USR]);
const updated = write("updated", [[...SPLIT_USR, file("etc/motd", "new")]]);
const app = write("app", [SPLIT_USR, [program("srv/app")]], { Cmd: ["/srv/app"] });
const broken = write("broken", [SPLIT_USR, [directory("bin"), program("bin/tool")]]);

it("says in a word whether the layers can move, why, and how to write the image", async () => {
  const { status, stdout } = await run(app, "--from", split, "--to", updated);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^safe: The layers move as they are\.\n/);
  expect(stdout).toMatch(/^Types of paths +1 entry of the image's own layers$/m);
  expect(stdout).toContain(
    `nothing is written; to write it: stratigraph rebase ${app} --from ${split} --to ${updated} -o oci:DIR`,
  );
});

it("gives one document with verdict, findings, bytes and output", async () => {
  const [status, { verdict, findings, output, pullBytes, platforms }] = await runJson(
    broken,
    "--from",
    split,
    "--to",
    merged,
  );
  expect([status, verdict, output]).toEqual([1, "rebuild", null]);
  expect(findings.filter(({ kind }) => kind === "type-flip")).toMatchObject([
    { path: "bin", layer: 1, platform: "linux/amd64" },
  ]);
  expect(pullBytes).toBe(platforms[0]?.layers[0]?.storedSize);
});

it("writes the image only where it was told, not when it should be built again, and then if forced", async () => {
  const target = `oci:${join(folder, "out")}`;
  const [status, { output }] = await runJson(app, "--from", split, "--to", updated, "-o", target);
  expect([status, output]).toEqual([0, target]);
  const [, { platforms }] = await runJson(`${target}:app:1`, "--from", updated, "--to", split);
  expect(platforms[0]?.image.name).toBe("app:1");
  const refused = join(folder, "refused");
  const result = await run(broken, "--from", split, "--to", merged, "-o", `oci:${refused}`);
  expect([result.status, existsSync(refused)]).toEqual([1, false]);
  expect(result.stdout).toContain(`nothing is written to oci:${refused}; --force writes it all the same`);
  const forced = await runJson(broken, "--from", split, "--to", merged, "-o", `oci:${refused}`, "--force");
  expect([forced[0], forced[1].verdict, forced[1].output]).toEqual([0, "rebuild", `oci:${refused}`]);
});

it("refuses another base, and cannot be forced to guess which layers to move", async () => {
  const target = `oci:${join(folder, "none")}`;
  const [status, { findings, platforms }] = await runJson(app, "--from", merged, "--to", updated);
  expect([status, findings[0]?.kind, platforms[0]?.parts.length]).toEqual([1, "base-differs", 1]);
  const forced = await run(app, "--from", merged, "--to", updated, "-o", target, "--force");
  expect([forced.status, forced.stderr]).toEqual([
    2,
    "stratigraph: error: app:1 was not built on merged:1 (linux/amd64): --force cannot say which layers to move\n",
  ]);
});

it("compares the result with a true rebuild", async () => {
  const rebuilt = write("rebuilt", [[...SPLIT_USR, file("etc/motd", "new"), program("srv/app")]], {
    Cmd: ["/srv/other"],
  });
  const [, { platforms }] = await runJson(app, "--from", split, "--to", updated, "--against", rebuilt);
  const parts = platforms[0]!.against!.parts;
  expect(parts.map(({ part, differences }) => [part, differences.length])).toEqual([
    ["files", 0],
    ["packages", 0],
    ["settings", 1],
  ]);
});

it("ends in one line and exit 3 for bad input, 4 for what is not there, 2 for a wrong command line", async () => {
  const bomb = join(folder, "bomb.tar");
  const members = Array.from({ length: 700 }, (_, i) =>
    buildMember(file(`${"d/".repeat(120)}${i}`, "", { pax: { path: `${`${i}/`.repeat(900)}x` } })),
  );
  writeFileSync(
    bomb,
    buildDockerArchive([gzipSync(Buffer.concat([...members, Buffer.alloc(1024)]))], { name: "bomb:1" }),
  );
  const cut = join(folder, "cut.tar");
  writeFileSync(
    cut,
    buildDockerArchive([gzipSync(buildTar(SPLIT_USR)).subarray(0, 100)], { diffIds: [`sha256:${"0".repeat(64)}`] }),
  );
  const cases: readonly (readonly [number, readonly string[]])[] = [
    [3, [`docker-archive:${bomb}`, "--from", split, "--to", updated]],
    [3, [`docker-archive:${cut}`, "--from", split, "--to", updated]],
    [3, [app, "--from", split, "--to", `docker-archive:${cut}`]],
    [4, [app, "--from", split, "--to", "docker-archive:none.tar"]],
    [2, [app, "--from", split]],
    [2, [app, "--from", split, "--to", "sbom:x.json"]],
    [2, [app, "--from", split, "--to", updated, "-o", "zip:x"]],
    [2, ["docker-archive:-", "--from", "docker-archive:-", "--to", updated]],
  ];
  for (const [expected, args] of cases) {
    const { status, stdout, stderr } = await run(...args);
    expect([status, stdout, args]).toEqual([expected, "", args]);
    expect(stderr).toMatch(/^stratigraph: error: /);
    expect(stderr.replaceAll(/^ {2}.*\n/gm, "").split("\n")).toHaveLength(2);
  }
  expect(readdirSync(folder).filter((name) => name.startsWith("none"))).toEqual([]);
}, 60_000);

describe.skipIf(sharedData("fleet-mini") === undefined)("an index of two platforms", () => {
  it("is rebased on each of them, and not onto a base that has one alone", async () => {
    const multi = `oci:${sharedData("fleet-mini/oci-multiarch")}`;
    const target = `oci:${join(folder, "multi")}`;
    const [status, { platforms }] = await runJson(multi, "--from", multi, "--to", multi, "-o", target);
    expect([status, platforms.map(({ platform }) => platform).sort()]).toEqual([0, ["linux/amd64", "linux/arm64"]]);
    const written = await runJson(target, "--from", multi, "--to", multi, "--platform", "linux/arm64");
    expect(written[1].platforms.map(({ platform }) => platform)).toEqual(["linux/arm64"]);
    const single = `oci:${sharedData("fleet-mini/oci")}:m-base`;
    const [refused, { findings }] = await runJson(multi, "--from", multi, "--to", single);
    expect([refused, findings.map(({ kind }) => kind)]).toEqual([1, expect.arrayContaining(["platform-missing"])]);
  });
});
