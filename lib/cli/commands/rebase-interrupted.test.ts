import { spawn } from "node:child_process";
import { createCipheriv } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { runCli } from "#testing/run/run-cli.ts";

const PROJECT = fileURLToPath(new URL("../../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "stratigraph-interrupted-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Takes gzip seconds, and is as large afterwards. */
const NOISE = createCipheriv("aes-128-ctr", Buffer.alloc(16), Buffer.alloc(16)).update(Buffer.alloc(120_000_000));

function write(name: string, layers: readonly Uint8Array[]): string {
  const path = join(folder, `${name}.tar`);
  writeFileSync(path, buildDockerArchive(layers, { name: `${name}:1` }));
  return `docker-archive:${path}`;
}

const base = buildTar([{ path: "etc/motd", body: "old" }]);
const from = write("from", [base]);
const to = write("to", [buildTar([{ path: "etc/motd", body: "new" }])]);
const image = write("image", [base, buildTar([{ path: "noise", body: NOISE }])]);
const rebase = (output: string) => ["rebase", image, "--from", from, "--to", to, "-o", output];

/** Starts a rebase, and returns once it is writing, with the process that does. */
async function startWriting(output: string) {
  const environment = { ...process.env, DATABASE_URL: "postgres://localhost:1/none", INIT_CWD: PROJECT };
  const child = spawn(process.execPath, ["bin/stratigraph.mjs", ...rebase(output)], { cwd: PROJECT, env: environment });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = once(child, "close").then(([status]) => ({ status: status as number, stderr }));
  for (;;) {
    const partial = listFiles().find((name) => /\d+\.partial\/layer-/.test(name));
    if (partial !== undefined) return { child, ended, writer: Number(/(\d+)\.partial/.exec(partial)![1]) };
    if (child.exitCode !== null) throw new Error(`it ended before it wrote: ${stderr}`);
    await sleep(10);
  }
}

function listFiles(): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
}

it.each(["oci:new", "oci-archive:new.tar"])("leaves nothing of %s when it is interrupted", async (spelt) => {
  const before = listFiles();
  const { child, ended } = await startWriting(spelt.replace("new", join(folder, "new")));
  child.kill("SIGINT");
  expect(await ended).toMatchObject({ status: 130 });
  expect(listFiles()).toEqual(before);
});

it("leaves a layout as it was when the process that writes is killed", async () => {
  const { status } = await runCli(["rebase", from, "--from", from, "--to", to, "-o", `oci:${folder}/layout`], {
    databaseUrl: "postgres://localhost:1/none",
  });
  expect(status).toBe(0);
  const before = listFiles();
  const { ended, writer } = await startWriting(`oci:${folder}/layout:more`);
  process.kill(writer, "SIGKILL");
  expect(await ended).toMatchObject({ status: 4, stderr: expect.stringContaining("nothing was written: try again") });
  expect(listFiles()).toEqual(before);
});

it("says that a target is taken before it reads a layer", async () => {
  writeFileSync(join(folder, "taken.tar"), "");
  const { status, stderr } = await runCli(rebase(`oci-archive:${folder}/taken.tar`), {
    databaseUrl: "postgres://localhost:1/none",
  });
  expect(status).toBe(2);
  expect(stderr).toContain("it is there already; remove it or name another file");
  expect(stderr).not.toContain("reading layers");
});
