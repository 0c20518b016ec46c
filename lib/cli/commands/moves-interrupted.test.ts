import { type ChildProcess, spawn } from "node:child_process";
import { createCipheriv } from "node:crypto";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { errorCode } from "#lib/model/error-code.ts";
import type { RelayerAnswer } from "#lib/model/relayer-answer.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { runCli, runCliJson } from "#testing/run/run-cli.ts";

const PROJECT = fileURLToPath(new URL("../../../", import.meta.url));
const NO_DATABASE = { databaseUrl: "postgres://localhost:1/none" };
const folder = mkdtempSync(join(tmpdir(), "stratigraph-interrupted-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Takes gzip half a second, and is as large afterwards. */
const NOISE = createCipheriv("aes-128-ctr", Buffer.alloc(16), Buffer.alloc(16)).update(Buffer.alloc(16_000_000));

function write(name: string, layers: readonly Uint8Array[]): string {
  const path = join(folder, `${name}.tar`);
  writeFileSync(path, buildDockerArchive(layers, { name: `${name}:1` }));
  return `docker-archive:${path}`;
}

const base = buildTar([{ path: "etc/motd", body: "old" }]);
const from = write("from", [base]);
const to = write("to", [buildTar([{ path: "etc/motd", body: "new" }])]);
const image = write("image", [base, buildTar([{ path: "noise", body: NOISE }])]);
const COMMANDS: Readonly<Record<string, (output: string) => string[]>> = {
  rebase: (output) => ["rebase", image, "--from", from, "--to", to, "-o", output],
  relayer: (output) => ["relayer", image, "--max-layers", "4", "-o", output],
};

const work = join(folder, "work");
const layout = join(folder, "layout");

beforeAll(async () => {
  const { status } = await runCli(["relayer", from, "--max-layers", "1", "-o", `oci:${layout}`], NO_DATABASE);
  expect(status).toBe(0);
});
beforeEach(() => {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work);
});

const started = new Set<ChildProcess>();
/** A failed test does not leave its command to write into the folder of the next one. */
afterEach(async () => {
  const running = [...started].filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
  started.clear();
  for (const child of running) child.kill("SIGKILL");
  await Promise.all(running.map((child) => once(child, "close")));
});

/** Starts a command, and returns once it is writing a layer, with the process that does. */
async function startWriting(args: readonly string[]) {
  const environment = { ...process.env, DATABASE_URL: NO_DATABASE.databaseUrl, INIT_CWD: PROJECT };
  const child = spawn(process.execPath, ["bin/stratigraph.mjs", ...args], { cwd: PROJECT, env: environment });
  started.add(child);
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = once(child, "close").then(([status, signal]) => ({ status, signal, stderr }));
  for (;;) {
    const partial = listWhileWritten().find((name) => /\d+\.partial\/layer-/.test(name));
    if (partial !== undefined) return { child, ended, writer: Number(/(\d+)\.partial/.exec(partial)![1]) };
    if (child.exitCode !== null) throw new Error(`it ended before it wrote: ${stderr}`);
    await sleep(10);
  }
}

function listFiles(): string[] {
  return readdirSync(work, { recursive: true, encoding: "utf8" }).sort();
}

/** The command creates and removes folders meanwhile: one that goes while it is read is looked for again at the next poll. */
function listWhileWritten(): string[] {
  try {
    return listFiles();
  } catch (error) {
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  }
}

/** Of a process whose parent was killed. */
async function untilEnded(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await sleep(10);
  }
}

describe.each(Object.entries(COMMANDS))("%s", (_command, toArgs) => {
  describe.each([
    ["a new layout", "oci:WORK/out"],
    ["a new archive", "oci-archive:WORK/out.tar"],
    ["a layout with another image", "oci:WORK/layout"],
  ])("to %s", (_name, spelt) => {
    const output = spelt.replace("WORK", work);
    const start = async () => {
      cpSync(layout, join(work, "layout"), { recursive: true });
      const before = listFiles();
      return { before, ...(await startWriting(toArgs(output))) };
    };

    it.each(["SIGINT", "SIGTERM"] as const)("leaves nothing when it gets %s", async (signal) => {
      const { before, child, ended } = await start();
      child.kill(signal);
      expect(await ended).toMatchObject({ status: 130, stderr: expect.stringMatching(/nothing half done.*\n$/) });
      expect(listFiles()).toEqual(before);
    });

    it("leaves nothing when the process that writes is killed", async () => {
      const { before, ended, writer } = await start();
      process.kill(writer, "SIGKILL");
      expect(await ended).toMatchObject({
        status: 4,
        stderr: expect.stringContaining("nothing was written: try again"),
      });
      expect(listFiles()).toEqual(before);
    });

    it("leaves nothing when the command is killed", async () => {
      const { before, child, ended, writer } = await start();
      child.kill("SIGKILL");
      expect(await ended).toMatchObject({ signal: "SIGKILL" });
      await untilEnded(writer);
      expect(listFiles()).toEqual(before);
    });

    it("leaves only what the next run removes when all of it is killed", async () => {
      const { before, child, ended, writer } = await start();
      child.kill("SIGSTOP");
      process.kill(writer, "SIGKILL");
      child.kill("SIGKILL");
      await ended;
      await untilEnded(writer);
      const left = listFiles().filter((name) => !before.includes(name));
      expect(left.filter((name) => !/\.partial(\/|$)/.test(name))).toEqual([]);
      expect(left).not.toEqual([]);
      const { status } = await runCli(toArgs(output), NO_DATABASE);
      expect(status).toBe(0);
      expect(listFiles().filter((name) => name.includes(".partial"))).toEqual([]);
      // Reads every blob, and checks its digest.
      const { images } = await runCliJson<RelayerAnswer>(["relayer", output, "--max-layers", "9"], NO_DATABASE);
      const names = images.map(({ name }) => name);
      expect(names).toEqual(spelt.endsWith("layout") ? ["from:1", "image:1"] : ["image:1"]);
    });
  });

  it("says that a target is taken before it reads a layer", async () => {
    writeFileSync(join(work, "taken.tar"), "");
    const { status, stderr } = await runCli(toArgs(`oci-archive:${work}/taken.tar`), NO_DATABASE);
    expect(status).toBe(2);
    expect(stderr).toContain("it is there already; remove it or name another file");
    expect(stderr).not.toContain("reading");
  });
});
