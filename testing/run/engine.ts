import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";

export interface TestEngine {
  readonly socketPath: string;
  /** Loads a `docker save` archive. */
  load(archive: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void>;
  stop(): Promise<void>;
}

/** Starts Podman's API service on a socket and a storage of its own. */
export async function startEngine(): Promise<TestEngine> {
  const folder = mkdtempSync(join(tmpdir(), "stratigraph-engine-"));
  const socketPath = join(folder, "engine.sock");
  const storage = ["--root", join(folder, "root"), "--runroot", join(folder, "run"), "--storage-driver", "vfs"];
  const service = spawn("podman", [...storage, "system", "service", "--time", "0", `unix://${socketPath}`], {
    stdio: "ignore",
  });
  const ended = once(service, "exit");
  while (!existsSync(socketPath)) {
    if (service.exitCode !== null) throw new Error(`podman ended with status ${service.exitCode}`);
    await sleep(50);
  }
  return {
    socketPath,
    load: async (archive) => {
      const post = request({
        socketPath,
        path: "/images/load",
        method: "POST",
        headers: { "content-type": "application/x-tar" },
      });
      const answered = once(post, "response");
      await pipeline(archive, post);
      const [response] = await answered;
      response.resume();
      if (response.statusCode !== 200) throw new Error(`the engine loaded nothing: ${response.statusCode}`);
      await once(response, "end");
    },
    stop: async () => {
      service.kill();
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}
