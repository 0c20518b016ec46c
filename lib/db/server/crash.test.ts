import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type DataHome, makeDataHome } from "#testing/run/data-home.ts";
import { type HeldScan, holdScan } from "#testing/run/held-scan.ts";
import { runCli, runCliJson } from "#testing/run/run-cli.ts";

/** Time for a command on a killed server: replaying the log of one small scan takes well under this. */
const SOON_MILLISECONDS = 10_000;

let home: DataHome;

beforeEach(() => {
  home = makeDataHome();
});

afterEach(() => home.remove());

/** Failures of the server during a scan. */
const FAULTS: readonly { name: string; strike: (scan: HeldScan) => Promise<unknown> | unknown }[] = [
  { name: "the postmaster is killed", strike: () => process.kill(home.postmaster()!, "SIGKILL") },
  { name: "its backend is killed", strike: ({ backend }) => process.kill(backend, "SIGKILL") },
  { name: "another backend is killed", strike: async ({ client }) => process.kill(await ownPid(client), "SIGKILL") },
  { name: "its backend is terminated", strike: ({ client, backend }) => terminate(client, backend) },
  { name: "the server is shut down", strike: () => process.kill(home.postmaster()!, "SIGINT") },
  { name: "the server is shut down at once", strike: () => process.kill(home.postmaster()!, "SIGQUIT") },
];

function ownPid(client: HeldScan["client"]): Promise<number> {
  return client.query("SELECT pg_backend_pid() AS pid").then(({ rows }) => rows[0].pid);
}

function terminate(client: HeldScan["client"], backend: number): Promise<unknown> {
  return client.query("SELECT pg_terminate_backend($1)", [backend]);
}

describe("a scan whose server stops", () => {
  it.each(FAULTS)("ends with one line and exit 4 when $name, and the next command works", async ({ strike }) => {
    const scan = await holdScan(home);
    await strike(scan);
    const { status, stdout, stderr } = await scan.run;
    expect(stderr).toMatch(/^stratigraph: .*the database went away; no partial data was stored.*\n$/);
    expect({ status, stdout }).toEqual({ status: 4, stdout: "" });
    const begun = Date.now();
    expect(await runCliJson(["list"], { databaseUrl: "", environment: home.environment })).toEqual({ artifacts: [] });
    expect(Date.now() - begun).toBeLessThan(SOON_MILLISECONDS);
    await scan.client.end().catch(() => undefined);
    expect(home.postmaster()).toBeUndefined();
  });
});

describe("a server stuck in shutting down", () => {
  it("is ended and started again by the next command", async () => {
    const scan = await holdScan(home);
    // A smart shutdown (SIGTERM) waits for clients: it rejects new ones and never ends.
    process.kill(home.postmaster()!, "SIGTERM");
    const run = await runCli(["list"], { databaseUrl: "", environment: home.environment });
    expect(run).toMatchObject({ status: 0, stdout: "" });
    expect(await scan.run).toMatchObject({ status: 4 });
  });
});
