import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { runCli, runCliJson } from "#testing/run/run-cli.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

interface JobsReport {
  readonly jobs: readonly { readonly id: string; readonly state: string; readonly source: string }[];
}

const place = makeTestPlace();
const options = () => ({ databaseUrl: place.database.url });
const jobs = () => runCliJson<JobsReport>(["jobs"], options());

it("says how to queue a scan where none is queued", async () => {
  const run = await runCli(["jobs"], options());
  expect([run.status, run.stdout]).toEqual([0, ""]);
  expect(run.stderr).toContain("scan --queue docker://nginx");
  expect(await jobs()).toEqual({ jobs: [] });
});

it("refuses to queue what cannot be queued, and queues nothing", async () => {
  for (const source of ["docker-archive:-", "docker://Wrong"]) {
    expect((await runCli(["scan", "--queue", source], options())).status, source).toBe(2);
  }
  expect(await jobs()).toEqual({ jobs: [] });
});

it("scans what was queued, as a worker that prints a line for each image, and lists it", async () => {
  const image = buildDockerArchive([buildTar([{ path: "etc/motd", body: "hello" }])], { name: "web:1" });
  writeFileSync(join(place.folder, "web.tar"), image);
  const source = `docker-archive:${join(place.folder, "web.tar")}`;
  const queued = await runCliJson<JobsReport>(["scan", "--queue", source], options());
  expect(queued.jobs).toEqual([{ id: expect.any(String), source }]);
  const worker = spawn(process.execPath, ["bin/stratigraph.mjs", "worker", "--json"], {
    env: { ...process.env, DATABASE_URL: place.database.url },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(worker, "exit");
  const printed = { out: "", err: "" };
  for (const name of ["out", "err"] as const)
    worker[`std${name}`].setEncoding("utf8").on("data", (text: string) => (printed[name] += text));
  try {
    await vi.waitFor(() => expect(printed.err).toMatch(/web:1: [0-9a-f]{16}, \d+ components?/), { timeout: 30_000 });
    const [job] = (await jobs()).jobs;
    expect(job).toMatchObject({ id: queued.jobs[0]?.id, state: "done", source });
    const { stdout } = await runCli(["jobs"], options());
    expect(stdout).toMatch(/^State +Source +Since +What\ndone +docker-archive:\S+ +just now +\d+ component.* read, /);
  } finally {
    worker.kill("SIGTERM");
  }
  expect(await ended).toEqual([0, null]);
  expect(JSON.parse(printed.out)).toMatchObject({ pid: worker.pid });
});
