import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runCli } from "#lib/testing/run-cli.ts";

const NO_DATABASE = { databaseUrl: "postgresql://nobody@localhost:1/nothing" };
const commands = readdirSync(new URL("./commands/", import.meta.url))
  .filter((file) => !file.endsWith(".test.ts"))
  .map((file) => file.replace(".ts", ""));

describe("the command line loads only the command it is given", () => {
  it("and every command for the help", async () => {
    const { status, stdout } = await runCli(["--help"], NO_DATABASE);
    const listed = [...stdout.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name);
    expect(status).toBe(0);
    expect(listed.filter((name) => name !== "help").sort()).toEqual([...commands].sort());
  });

  it("and every command for a name that is none, to tell the one meant", async () => {
    const { status, stderr } = await runCli(["sacn"], NO_DATABASE);
    expect([status, stderr]).toEqual([2, expect.stringContaining("Did you mean scan?")]);
  });

  it.each(commands)("under its own name: %s", async (name) => {
    const { status, stdout } = await runCli([name, "--help"], NO_DATABASE);
    expect([status, stdout.split("\n")[0]]).toEqual([0, expect.stringContaining(`Usage: stratigraph ${name} `)]);
  });
});
