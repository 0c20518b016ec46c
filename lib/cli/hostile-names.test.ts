import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { buildAttestedImage, PROVENANCE_0_2, SPDX_PREDICATE, writeBlobs } from "#testing/builders/attested-image.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import type { CliRun } from "#testing/run/run-cli.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

const { run: runCli } = makeCliSession();

/** Sets a title and a colour, moves back, is C1's CSI, reverses the reading direction, hides, ends a line. */
const EVIL = "e\x1b]0;PWNED\x07\x1b[31m\r\b\u009b2J\u202egnp\u2066\u200b\u2028\nstratigraph: error: forged";
/** Characters that a terminal obeys or a reader does not see: C0 and C1, bidi and other format characters, separators. */
const RAW = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

type Environment = Readonly<Record<string, string>>;

const packageJson = (fields: object) => Buffer.from(JSON.stringify({ version: `1${EVIL}`, ...fields }));
const status = `Package: app\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.0\u009b31m\u202e\nDepends: gone\n\n`;
const base = buildTar([
  { path: `usr/${EVIL}/file`, body: "a".repeat(3000), pax: { path: `usr/${EVIL}/file` } },
  { path: "usr/lib/left", body: "b".repeat(300) },
  { path: "node_modules/evil/package.json", body: packageJson({ name: "evil", dependencies: { [EVIL]: EVIL } }) },
  { path: `node_modules/${EVIL}/package.json`, body: packageJson({ name: EVIL }), pax: { path: `opt/${EVIL}.json` } },
  { path: "var/lib/dpkg/status", body: status },
  { path: "var/lib/dpkg/info/app.list", body: `/usr/lib/left\n/usr/${EVIL.replaceAll("\n", "")}\n` },
]);
const top = buildTar([{ path: "x", pax: { path: `usr/.wh.${EVIL}` } }]);
const config = {
  os: "linux",
  architecture: `amd64`,
  history: [{ created_by: EVIL }, { created_by: `RUN ${EVIL}` }],
  config: { Cmd: [EVIL], Labels: { [EVIL]: EVIL } },
};

describe("a hostile name is inert on a terminal", () => {
  const place = makeTestPlace();
  const { folder } = place;
  const other = "other:1";
  let source: string;
  const run = (args: readonly string[], environment?: Environment) =>
    runCli(args, { databaseUrl: place.database.url, environment: { ...process.env, ...environment } });
  const write = (name: string, bytes: Uint8Array) => {
    writeFileSync(join(folder, name), bytes);
    return `docker-archive:${join(folder, name)}`;
  };

  beforeAll(async () => {
    source = write("evil.tar", buildDockerArchive([gzipSync(base), gzipSync(top)], { name: "e:1", config }));
    const plain = write("other.tar", buildDockerArchive([gzipSync(base)], { name: other }));
    writeFileSync(join(folder, "gates"), `rules: {forbid: [${JSON.stringify(EVIL)}, "*"], maxDownloadSize: 1}`);
    writeFileSync(join(folder, "bad gates"), `rules: {${JSON.stringify(EVIL)}: 1}`);
    writeFileSync(join(folder, "loose gates"), "rules: {maxUnshared: 1GB}");
    expectInert(await run(["scan", plain]), 0);
    expectInert(await run(["scan", source, "--name", EVIL]), 0);
  }, 60_000);

  function expectInert({ status, stdout, stderr }: CliRun, expected: number): void {
    expect([status, stderr.split("\n").filter((line) => line.startsWith("stratigraph: error: forged"))]).toEqual([
      expected,
      [],
    ]);
    // Lines end with \n, those of CSV with \r\n.
    expect(stdout.replaceAll(/\r?\n/g, "")).not.toMatch(RAW);
    expect(stderr.replaceAll("\n", "")).not.toMatch(RAW);
  }

  const archive = (name: string) => `docker-archive:${join(folder, `${name}.tar`)}`;
  /** Command lines by command, with their exit status; `json`: the command has --json. */
  const cases: Record<string, { args: string[]; status?: number; json?: boolean; environment?: Environment }[]> = {
    scan: [
      { args: ["--name", EVIL], json: true },
      { args: [`docker-archive:${EVIL}`], status: 4 },
      { args: [EVIL], status: 2 },
      { args: ["--queue", `docker-archive:${EVIL}`], json: true },
    ],
    jobs: [{ args: [], json: true }],
    rebase: [
      { args: [archive("evil"), "--from", archive("other"), "--to", archive("other")], json: true },
      { args: [archive("other"), "--from", archive("evil"), "--to", archive("evil")], status: 1 },
      { args: [EVIL, "--from", EVIL, "--to", EVIL], status: 2 },
    ],
    relayer: [
      { args: [archive("evil"), archive("other"), "--max-layers", "8"], json: true },
      { args: [archive("evil"), "--max-layers", "8", "--previous", EVIL], status: 4 },
      { args: [archive("evil"), "--max-layers", "8", "-o", EVIL], status: 2 },
      { args: [EVIL, "--max-layers", EVIL], status: 2 },
    ],
    worker: [{ args: [EVIL], status: 2 }],
    watch: [
      { args: [`docker-archive:${EVIL}`, "--every", "1d"], json: true },
      { args: [EVIL, "--every", EVIL], status: 2 },
      { args: [EVIL, "--remove"], status: 2 },
    ],
    list: [
      { args: [], json: true },
      { args: ["--versions", EVIL], json: true },
    ],
    show: [
      { args: [EVIL], json: true },
      { args: [`no ${EVIL}`], status: 2 },
    ],
    files: [
      { args: [EVIL, "usr"], json: true },
      { args: [EVIL, "--layer", "1"], json: true },
      { args: [EVIL, `no ${EVIL}`], status: 2 },
    ],
    waste: [{ args: [EVIL], json: true }],
    find: [
      { args: [EVIL], json: true },
      { args: [`/${EVIL}`], json: true },
    ],
    open: [{ args: [EVIL], environment: { STRATIGRAPH_URL: "https://s.example", PATH: "/none" } }],
    chunks: [{ args: [EVIL], json: true }],
    closure: [
      { args: [EVIL], json: true },
      { args: [EVIL, "--sort", EVIL], status: 2 },
    ],
    why: [
      { args: [EVIL, "evil"], json: true },
      { args: [EVIL, EVIL], status: 2 },
    ],
    referrers: [
      { args: [EVIL, "evil"], json: true },
      { args: [EVIL, `no ${EVIL}`], status: 2 },
    ],
    needs: [{ args: [EVIL] }, { args: [EVIL], json: true }],
    lineage: [
      { args: [], json: true },
      { args: [EVIL], json: true },
      { args: [`no ${EVIL}`], status: 2 },
    ],
    stale: [{ args: [], json: true }],
    whatif: [
      { args: ["holders", "evil"], json: true },
      { args: ["holders", EVIL], status: 2 },
      { args: ["update", "evil", "--in", EVIL], json: true },
      { args: ["update", "evil"], json: true },
      { args: ["update", "evil", "--in", `no ${EVIL}`], status: 2 },
    ],
    "cache-hits": [
      { args: [EVIL, other], json: true },
      { args: [other, EVIL, other], json: true },
      { args: [EVIL, `no ${EVIL}`], status: 2 },
    ],
    suspects: [{ args: [EVIL], json: true }],
    advise: [
      { args: [EVIL], json: true },
      { args: [EVIL, other] },
      { args: [EVIL, "--keep", "evil"], json: true },
      { args: [EVIL, "--keep", EVIL], status: 2 },
    ],
    diff: [{ args: [EVIL, other], json: true }],
    overlap: [{ args: [EVIL, other, EVIL], json: true }],
    savings: [{ args: [EVIL, other, EVIL], json: true }],
    check: [
      { args: [EVIL, other, "--config", EVIL], status: 4 },
      { args: [EVIL, other, EVIL, "--config", join(folder, "gates")], status: 1 },
      { args: [EVIL, "--config", join(folder, "gates"), "--json"], status: 1 },
      { args: [EVIL, "--config", join(folder, "bad gates")], status: 3 },
      { args: [EVIL, other, "--config", join(folder, "loose gates")], json: true },
    ],
    export: [
      ...["cyclonedx", "spdx", "dot", "graphml", "csv"].map((format) => ({ args: [EVIL, "--format", format] })),
      { args: [EVIL, "--format", "spdx", "-o", join(folder, "graph")], json: true },
      { args: [EVIL, "--format", "spdx", "-o", join(folder, EVIL, EVIL)], status: 4 },
      { args: [EVIL, "--format", EVIL], status: 2 },
      { args: [EVIL, "--format", "spdx", "--spec", EVIL], status: 2 },
    ],
    report: [
      { args: ["diff", EVIL, other] },
      { args: ["overlap", EVIL, other], json: true },
      { args: ["savings", EVIL, other] },
      { args: ["closure", EVIL] },
      { args: ["list"], json: true },
      { args: ["rm", EVIL], status: 2 },
    ],
    serve: [{ args: [], status: 2, environment: { PORT: EVIL } }],
    up: [{ args: [EVIL], status: 2, environment: { PORT: EVIL } }],
    migrate: [{ args: ["--rebuild"], json: true }],
    completion: [{ args: [EVIL], status: 2 }],
    doctor: [{ args: [], json: true }],
    rm: [
      { args: [`no ${EVIL}`], status: 2 },
      { args: [EVIL], json: true },
    ],
  };

  it("has a case for every command", () => {
    const files = readdirSync(new URL("./commands/", import.meta.url)).filter((file) => !file.endsWith(".test.ts"));
    expect(Object.keys(cases).sort()).toEqual(files.map((file) => file.replace(".ts", "")).sort());
  });

  it.each(Object.keys(cases))("%s", { timeout: 60_000 }, async (command) => {
    for (const { args, status = 0, json = false, environment } of cases[command]!) {
      const words = command === "scan" && args[0] === "--name" ? [source, ...args] : args;
      if (json) await expectInertJson([command, ...words, "--json"]);
      if (command === "rm" && json) await run(["scan", source, "--name", EVIL]);
      expectInert(await run([command, ...words], environment), status);
    }
  });

  it("reports are inert in every format, with a hostile title and note", { timeout: 60_000 }, async () => {
    expectInert(await run(["scan", source, "--name", EVIL]), 0);
    const { id } = await expectInertJson<{ id: string }>(["report", "closure", EVIL, "--json"]);
    expectInert(await run(["report", "describe", id, "--title", EVIL, "--note", EVIL]), 0);
    for (const format of ["html", "json", "csv", "md"]) {
      expectInert(await run(["report", "export", id, "--format", format]), 0);
    }
  });

  it("an SBOM with hostile texts, and what is attached to an image", { timeout: 60_000 }, async () => {
    const evil = { "bom-ref": EVIL, name: EVIL, version: EVIL, purl: `pkg:npm/${encodeURIComponent(EVIL)}@1` };
    const file = join(folder, "evil.json");
    writeFileSync(
      file,
      JSON.stringify({
        bomFormat: "CycloneDX",
        specVersion: EVIL,
        metadata: { component: evil },
        components: [{ ...evil, purl: EVIL, "bom-ref": "x" }, { name: EVIL }],
        dependencies: [{ ref: EVIL, dependsOn: ["x", `gone ${EVIL}`] }],
      }),
    );
    const bom = `bom ${EVIL}`;
    for (const words of [[], ["--json"]]) {
      expectInert(await run(["scan", `sbom:${file}`, "--name", bom, ...words]), 0);
      for (const args of [
        ["show", bom],
        ["closure", bom],
        ["why", bom, EVIL, "--from", "document"],
        ["diff", bom, other],
        ["export", bom, "--format", "cyclonedx", ...(words.length > 0 ? ["-o", join(folder, "bom")] : [])],
      ])
        expectInert(await run([...args, ...words]), args[0] === "why" ? 2 : 0);
    }
    for (const command of ["savings", "files", "waste", "advise"]) expectInert(await run([command, bom]), 2);
    const materials = [{ uri: `pkg:docker/${encodeURIComponent(EVIL)}@1`, digest: { sha256: "a".repeat(64) } }];
    const image = buildAttestedImage([PROVENANCE_0_2, SPDX_PREDICATE], EVIL, { materials });
    const layout = join(folder, `layout ${EVIL}`);
    writeBlobs(layout, [...image.blobs, ...image.manifests], [{ blob: image.index, name: "attested" }]);
    expectInert(await run(["scan", `oci:${layout}`, "--name", "attested"]), 0);
    expect((await run(["show", "attested"])).stdout).toContain("Images that its build used");
    expectInert(await run(["show", "attested"]), 0);
    expectInert(await run(["show", "attested", "--json"]), 0);
  });

  it("a script gets the original name", async () => {
    const { artifacts } = await expectInertJson<{ artifacts: { name: string }[] }>(["list", "--json"]);
    expect(artifacts.map(({ name }) => name)).toContain(EVIL);
  });

  async function expectInertJson<T>(args: readonly string[]): Promise<T> {
    const done = await run(args);
    expectInert(done, 0);
    return JSON.parse(done.stdout) as T;
  }
});
