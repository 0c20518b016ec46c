import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type DataHome, makeDataHome } from "#testing/run/data-home.ts";
import type { TestServer } from "#testing/run/http-server.ts";
import { honestImage, startLyingRegistry } from "#testing/run/lying-registry.ts";
import { runCliJson } from "#testing/run/run-cli.ts";

interface Jobs {
  readonly jobs: readonly { readonly state: string; readonly tryCount: number; readonly progress?: object }[];
}

const PATIENCE = 90_000;

let home: DataHome;
let registry: TestServer;
let release: () => void;

beforeEach(async () => {
  home = makeDataHome();
  const released = Promise.withResolvers<void>();
  release = released.resolve;
  registry = await startLyingRegistry((path, response) => {
    if (!path.endsWith(`/blobs/${honestImage().layerDigest}`)) return false;
    void released.promise.then(() => response.end(honestImage().layer));
    return true;
  });
});
afterEach(async () => {
  await registry.stop();
  await home.remove();
});

const ask = <T>(...args: string[]) => runCliJson<T>(args, { databaseUrl: "", environment: home.environment });

it(
  "a worker starts its database again when that is killed in the middle of a scan, and the job goes through",
  async () => {
    await ask("scan", "--queue", `docker://${registry.host}/app:1`);
    const worker = spawn(process.execPath, ["bin/stratigraph.mjs", "worker"], {
      env: home.environment,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let printed = "";
    worker.stderr.setEncoding("utf8").on("data", (text: string) => (printed += text));
    const ended = once(worker, "exit");
    try {
      const shown = async () => (await ask<Jobs>("jobs")).jobs[0];
      await vi.waitFor(async () => expect(await shown()).toMatchObject({ progress: { phase: "reading" } }), PATIENCE);
      process.kill(home.postmaster()!, "SIGKILL");
      release();
      // Any other command would start the database too.
      await vi.waitFor(() => expect(printed).toMatch(/app:1: [0-9a-f]{16}, /), PATIENCE);
      await vi.waitFor(async () => expect((await shown())?.state).toBe("done"), PATIENCE);
      expect((await ask<{ artifacts: unknown[] }>("list")).artifacts).toHaveLength(1);
      expect((await ask<Jobs>("jobs")).jobs).toHaveLength(1);
    } finally {
      worker.kill("SIGTERM");
    }
    expect([...(await ended), printed]).toEqual([0, null, expect.not.stringContaining("internal error")]);
  },
  2 * PATIENCE,
);
