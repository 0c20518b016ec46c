import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runCli } from "#testing/run/run-cli.ts";

const NO_DATABASE = { databaseUrl: "postgresql://nobody@localhost:1/nothing" };
const commands = readdirSync(new URL("./commands/", import.meta.url))
  .filter((file) => !file.endsWith(".test.ts"))
  .map((file) => file.replace(".ts", ""));

describe("the command line loads only the named command", () => {
  it("every command for the help", async () => {
    const { status, stdout } = await runCli(["--help"], NO_DATABASE);
    const listed = [...stdout.matchAll(/^ {2}([a-z-]+) /gm)].map(([, name]) => name);
    expect(status).toBe(0);
    expect(listed.filter((name) => name !== "help").sort()).toEqual([...commands].sort());
  });

  it("every command for an unknown name, to suggest the closest", async () => {
    const { status, stderr } = await runCli(["sacn"], NO_DATABASE);
    expect([status, stderr]).toEqual([2, expect.stringContaining("Did you mean scan?")]);
  });

  it.each(commands)("under its own name, with an example in its help: %s", async (name) => {
    const { status, stdout } = await runCli([name, "--help"], NO_DATABASE);
    expect([status, stdout.split("\n")[0]]).toEqual([0, expect.stringContaining(`Usage: stratigraph ${name} `)]);
    expect(stdout).toContain("\nExample:\n  ");
  });
});

describe("a repeated option", () => {
  it("is refused if it takes one value", async () => {
    const { status, stderr } = await runCli(["overlap", "a", "b", "--rung", "file", "--rung", "chunk"], NO_DATABASE);
    expect([status, stderr]).toEqual([
      2,
      "stratigraph: error: option '--rung <rung>' is given twice but takes one value (--help lists commands and options)\n",
    ]);
    const below = await runCli(["report", "describe", "id", "--title", "a", "--title", "b"], NO_DATABASE);
    expect([below.status, below.stderr]).toEqual([2, expect.stringContaining("--title <title>' is given twice")]);
  });

  it("is accepted if it is a switch or a list", async () => {
    // They get as far as the missing database.
    expect((await runCli(["list", "--json", "--json"], NO_DATABASE)).status).toBe(4);
    expect((await runCli(["scan", "nix-store:", "--root", "/a", "--root", "/b"], NO_DATABASE)).status).toBe(4);
  });
});
