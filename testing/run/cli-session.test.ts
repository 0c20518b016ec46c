import { expect, it } from "vitest";
import { makeCliSession } from "./cli-session.ts";
import { runCli } from "./run-cli.ts";
import { makeTestPlace } from "./test-place.ts";

const place = makeTestPlace();
const session = makeCliSession();

it("prints and ends as a process for each command does, also for commands that are run at once", async () => {
  const lines = [["list"], ["list", "--json"], ["show", "no-such-image"], ["no-such-command"], ["open", "--help"]];
  const options = { databaseUrl: place.database.url };
  const together = await Promise.all(lines.map((args) => session.run(args, options)));
  for (const [at, args] of lines.entries())
    expect({ args, ...together[at] }).toEqual({ args, ...(await runCli(args, options)) });
  expect(together.map(({ status }) => status)).toEqual([0, 0, 2, 2, 0]);
  expect(together[1]!.stdout).toMatch(/^{\s*"artifacts": \[\]\s*}\n$/);
});

it("gives each command its own environment", async () => {
  const run = (environment: Record<string, string>) =>
    session.run(["serve"], { databaseUrl: place.database.url, environment });
  expect((await run({ PORT: "none" })).stderr).toContain("PORT");
  expect((await run({ PORT: "0", HOST: "no host" })).stderr).not.toContain("PORT");
});
