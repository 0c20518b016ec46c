import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import type { LinkedProgram, NodePrograms } from "#lib/model/program-answer.ts";
import { buildElf, type TestElf } from "#testing/builders/elf.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { debRecord } from "#testing/builders/packages.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";
import { answerFile } from "./file.ts";
import { loadKeptGraph } from "./kept/graphs.ts";
import { answerNodePrograms } from "./programs.ts";

const { run: runCli } = makeCliSession();

const DEBIAN = sharedData("fleet-apt/oci-zstd");
const elf = (path: string, given: TestElf) => ({ path, mode: 0o755, body: Buffer.from(buildElf(given)) });
const LOADER = "/lib64/ld-linux-x86-64.so.2";

/** app in the upper layer needs liba, which is a symlink in the lower one; its versions; and what is nowhere. */
const lower = buildTar([
  elf("lib64/ld-linux-x86-64.so.2", { soname: "ld-linux-x86-64.so.2" }),
  elf("usr/lib/liba.so.1.2", { soname: "liba.so.1", versionsDefined: ["A_1", "A_2"] }),
  { path: "usr/lib/liba.so.1", type: "2", link: "liba.so.1.2" },
  { path: "var/lib/dpkg/status", body: debRecord("app") + debRecord("liba") },
  { path: "var/lib/dpkg/info/app.list", body: "/usr/bin/app\n/usr/bin/run\n/usr/share/doc\n" },
  { path: "var/lib/dpkg/info/liba.list", body: "/usr/lib/liba.so.1\n/usr/lib/liba.so.1.2\n" },
]);
const upper = buildTar([
  elf("usr/bin/app", {
    interpreter: LOADER,
    needed: ["libgone.so", "liba.so.1"],
    runpath: "/opt",
    buildId: "abcd",
    versionsNeeded: { "liba.so.1": ["A_2", "A_3", "A_4"] },
    weakVersions: ["A_4"],
  }),
  { path: "usr/bin/run", mode: 0o755, body: "#!/usr/bin/app -x\n" },
  { path: "usr/share/doc", body: "no program" },
]);

describe("the programs of a component", () => {
  const place = makeTestPlace();
  const pool = () => place.database.pool;
  let programs: NodePrograms;
  let id: number;

  beforeAll(async () => {
    const file = join(place.folder, "shop.tar");
    writeFileSync(file, buildDockerArchive([lower, upper], { name: "shop:1" }));
    await runCli(["scan", `docker-archive:${file}`], { databaseUrl: place.database.url });
    id = (await findArtifact(pool(), "shop:1")).id;
    programs = await answerNodePrograms(pool(), { artifactId: id, nodeIndex: await indexOf(id, "app"), limit: 10 });
  });
  const indexOf = async (artifactId: number, name: string) =>
    (await loadKeptGraph(pool(), artifactId)).nodes.findIndex((node) => node.name === name);

  it("are listed by path, with the file that the linker finds for each need, whose it is, and the versions it lacks", () => {
    const [app, run] = programs.rows;
    expect(programs.count).toBe(2);
    const { needed, interpreter, ...own } = app!.program as LinkedProgram;
    expect([app!.path, app!.layer]).toEqual(["usr/bin/app", 1]);
    expect(own).toMatchObject({ bits: 64, machine: "x86-64", isProgram: true, buildId: "abcd", runpath: "/opt" });
    expect(interpreter).toMatchObject({ name: LOADER, found: { path: "lib64/ld-linux-x86-64.so.2", layer: 0 } });
    expect(needed).toMatchObject([
      { name: "libgone.so", found: undefined, versions: [] },
      { name: "liba.so.1", found: { path: "usr/lib/liba.so.1.2", layer: 0, owner: { name: "liba" } } },
    ]);
    expect(needed[1]!.versions).toEqual([
      { name: "A_2", isWeak: false, isMissing: false },
      { name: "A_3", isWeak: false, isMissing: true },
      { name: "A_4", isWeak: true, isMissing: false },
    ]);
    expect(run).toMatchObject({ path: "usr/bin/run", program: { kind: "script", line: "/usr/bin/app -x" } });
  });

  it("are what the page of one of their files says; a file that is none has no such facts", async () => {
    const of = async (path: string) => (await answerFile(pool(), { artifactId: id, path })).program;
    expect(await of("usr/bin/app")).toEqual(programs.rows[0]!.program);
    expect(await of("usr/share/doc")).toBeUndefined();
  });

  it("are cut at the limit, with the number of all", async () => {
    const nodeIndex = await indexOf(id, "app");
    const cut = await answerNodePrograms(pool(), { artifactId: id, nodeIndex, limit: 1 });
    expect([cut.rows.length, cut.count]).toEqual([1, 2]);
  });

  it("know that an image was scanned before what is found was kept", async () => {
    await pool().query("UPDATE image SET loads = NULL WHERE artifact_id = $1", [id]);
    const { program } = await answerFile(pool(), { artifactId: id, path: "usr/bin/app" });
    expect(program).toMatchObject({ isResolved: false, needed: [{ name: "libgone.so" }, { name: "liba.so.1" }] });
  });

  it.skipIf(DEBIAN === undefined)("of nginx resolve to the packages that Debian says they do", async () => {
    await runCli(["scan", `oci:${DEBIAN}:t-nginx`], { databaseUrl: place.database.url });
    const artifactId = (await findArtifact(pool(), "t-nginx")).id;
    const { program } = await answerFile(pool(), { artifactId, path: "usr/sbin/nginx" });
    const { needed } = program as LinkedProgram;
    const owners = Object.fromEntries(needed.map(({ name, found }) => [name, found?.owner?.name]));
    expect(owners).toMatchObject({ "libc.so.6": "libc6", "libssl.so.3": "libssl3t64", "libz.so.1": "zlib1g" });
    expect(needed.flatMap(({ versions }) => versions.filter(({ isMissing }) => isMissing))).toEqual([]);
    expect(needed.flatMap(({ versions }) => versions).length).toBeGreaterThan(5);
  });
});
