import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runCli } from "#testing/run/run-cli.ts";

/** Nothing listens there. */
const NO_DATABASE = { databaseUrl: "postgresql://nobody@127.0.0.1:1/nothing" };
const ONE_LINE = /^stratigraph: error: [^\n]+\n$/;

/** Arguments with which each command gets as far as its database. */
const WORDS: Record<string, readonly string[]> = {
  check: ["a"],
  chunks: ["a"],
  closure: ["a"],
  diff: ["a", "b"],
  export: ["a", "--format", "dot"],
  files: ["a"],
  jobs: [],
  lineage: [],
  list: [],
  migrate: [],
  open: ["a"],
  overlap: ["a", "b"],
  referrers: ["a", "b"],
  report: ["list"],
  rm: ["a"],
  savings: ["a", "b"],
  scan: ["docker-archive:a.tar"],
  serve: [],
  show: ["a"],
  stale: [],
  "cache-hits": ["a", "b"],
  whatif: ["holders", "a"],
  find: ["a"],
  needs: ["a"],
  suspects: ["a"],
  advise: ["a"],
  up: ["docker-archive:a.tar"],
  waste: ["a"],
  watch: [],
  why: ["a", "b"],
  worker: [],
};
/** These need no database; doctor reports a missing one as its result. */
const ASK_NONE = ["completion", "rebase", "relayer", "doctor"];

describe("every command reports an error in one line of the same style", () => {
  const commands = readdirSync(new URL("./commands/", import.meta.url))
    .filter((file) => !file.endsWith(".test.ts"))
    .map((file) => file.replace(".ts", ""));

  it("has arguments here", () => {
    expect([...Object.keys(WORDS), ...ASK_NONE].sort()).toEqual(commands.sort());
  });

  it.each([...Object.keys(WORDS), ...ASK_NONE])("%s, with an unknown option", async (command) => {
    const { status, stdout, stderr } = await runCli([command, "--no-such-option"], NO_DATABASE);
    expect(stderr).toMatch(ONE_LINE);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  });

  it.each(Object.entries(WORDS))("%s, without a database", async (command, words) => {
    const { status, stdout, stderr } = await runCli([command, ...words], NO_DATABASE);
    expect(stderr).toMatch(ONE_LINE);
    expect(stderr).toContain("127.0.0.1:1/nothing does not answer");
    expect({ status, stdout }).toEqual({ status: 4, stdout: "" });
  });

  it("an unknown command, or no command", async () => {
    expect(await runCli(["sacn"], NO_DATABASE)).toMatchObject({ status: 2, stderr: expect.stringMatching(ONE_LINE) });
  });
});
