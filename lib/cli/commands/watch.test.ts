import { expect, it } from "vitest";
import { runCli, runCliJson } from "#testing/run/run-cli.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

interface WatchReport {
  readonly watches: readonly { readonly source: string; readonly everyMinutes: number; readonly nextAt: string }[];
}

const place = makeTestPlace();
const options = () => ({ databaseUrl: place.database.url });
const SOURCE = "docker://127.0.0.1:1/shop/app:1";

it("says how to begin where nothing is watched", async () => {
  const run = await runCli(["watch"], options());
  expect([run.status, run.stdout]).toEqual([0, ""]);
  expect(run.stderr).toContain("watch docker://debian:trixie --every 6h");
});

it("watches a source, queues its first scan, and ends it by the same name", async () => {
  const { watches } = await runCliJson<WatchReport>(["watch", SOURCE, "--every", "6h"], options());
  expect(watches).toMatchObject([{ source: SOURCE, everyMinutes: 360 }]);
  expect(Date.parse(watches[0]!.nextAt)).toBeGreaterThan(Date.now());
  const { jobs } = await runCliJson<{ jobs: { source: string }[] }>(["jobs"], options());
  expect(jobs).toMatchObject([{ source: SOURCE, state: "waiting" }]);
  const { stdout } = await runCli(["watch"], options());
  expect(stdout).toMatch(
    /^Source +Every +Next +Platform\ndocker:\/\/127\.0\.0\.1:1\/shop\/app:1 +6h +in (5 h 59 min|6 h) +default/,
  );
  expect(await runCliJson(["watch", SOURCE, "--remove"], options())).toEqual({ watches: [] });
});

it.each([
  [[SOURCE], /say how often: --every 6h/],
  [[SOURCE, "--every", "1m"], /expected an interval from 15m to 30d/],
  [["--every", "6h"], /name the source/],
  [["docker-archive:-", "--every", "6h"], /standard input cannot be watched/],
  [["docker://Wrong", "--every", "6h"], /is not a repository/],
  [["docker://other", "--remove"], /docker:\/\/other is not watched/],
])("refuses %j in one line", async (args, line) => {
  const { status, stderr } = await runCli(["watch", ...args], options());
  expect(status).toBe(2);
  expect(stderr).toMatch(line);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});
