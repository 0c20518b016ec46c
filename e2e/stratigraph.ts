import { spawnSync } from "node:child_process";
import { expect } from "@playwright/test";

/** The command line, on the database that the pages show. */
export function stratigraph(...args: string[]): void {
  const run = spawnSync(process.execPath, ["bin/stratigraph.mjs", ...args], { encoding: "utf8" });
  expect([run.status, run.stderr]).toEqual([0, expect.any(String)]);
}
