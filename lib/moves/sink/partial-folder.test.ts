import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { removeAbandoned } from "./partial-folder.ts";

const folder = mkdtempSync(join(tmpdir(), "stratigraph-partial-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a process with this id would have begun beside a target. */
const begunBy = (pid: number) => `out.tar.${hostname().replaceAll(/[^A-Za-z0-9-]/g, "-")}-${pid}.partial`;

it("what a process has begun is removed once it has ended, though nobody asks how it did", async () => {
  // Its child ends at once; the program that takes the place of the shell never waits for it.
  const parent = spawn("sh", ["-c", "true & echo $!; exec sleep 60"], { stdio: ["ignore", "pipe", "ignore"] });
  try {
    const [printed] = (await once(parent.stdout, "data")) as [Buffer];
    const zombie = Number(printed.toString());
    for (const pid of [zombie, parent.pid!]) mkdirSync(join(folder, begunBy(pid)));
    const path = join(folder, "out.tar");
    const target = { kind: "archive", shown: `oci-archive:${path}`, path, imageName: undefined } as const;
    await expect
      .poll(async () => {
        await removeAbandoned(target);
        return readdirSync(folder);
      })
      .toEqual([begunBy(parent.pid!)]);
  } finally {
    parent.kill("SIGKILL");
  }
});
