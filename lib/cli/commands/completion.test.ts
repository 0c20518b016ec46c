import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { TRANSPORTS } from "#lib/sources/transports.ts";
import { runCli } from "#testing/run/run-cli.ts";

const NO_DATABASE = { databaseUrl: "postgresql://nobody@localhost:1/nothing" };
const transports = TRANSPORTS.map(({ name }) => `${name}:`);
const printScript = async (shell: string) => (await runCli(["completion", shell], NO_DATABASE)).stdout;

/** The completions of bash for the last of these words. */
async function complete(...words: string[]): Promise<string[]> {
  const ask = `COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); compopt() { :; }; _stratigraph; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const script = `${await printScript("bash")}\n${ask}`;
  const { status, stdout } = spawnSync("bash", ["-c", script, "bash", "stratigraph", ...words], { encoding: "utf8" });
  expect(status).toBe(0);
  return stdout.trim().split("\n");
}

describe("completion in bash", () => {
  it.each([
    [["sa"], ["savings"]],
    [["overlap", "--r"], ["--rung"]],
    [
      ["overlap", "a", "--rung", ""],
      ["chain", "layer", "live", "package", "file", "chunk", "blob"],
    ],
    [["report", "di"], ["diff"]],
    [["report", "export", "id", "--format", "h"], ["html"]],
    [["completion", "z"], ["zsh"]],
    [["show", "no-word-of-ours"], [""]],
  ])("%j: %j", async (words, offered) => {
    expect(await complete(...words)).toEqual(offered);
  });

  it("offers every transport only where a source is expected", async () => {
    expect(await complete("scan", "")).toEqual(expect.arrayContaining(transports));
    expect(await complete("show", "")).not.toContain("docker-archive:");
  });
});

describe("completion", () => {
  it.each(["bash", "zsh", "fish"])("in %s has every command and transport", async (shell) => {
    const script = await printScript(shell);
    const { stdout } = await runCli(["--help"], NO_DATABASE);
    const commands = [...stdout.matchAll(/^ {2}([a-z]+) /gm)]
      .map(([, name]) => name!)
      .filter((name) => name !== "help");
    expect(commands.length).toBeGreaterThan(15);
    for (const word of [...commands, ...transports]) expect(script).toMatch(new RegExp(`[ "(']${word}[ "')\n]`));
  });

  it("for an unknown shell lists the known ones", async () => {
    expect(await runCli(["completion", "fsh"], NO_DATABASE)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("Allowed choices are bash, zsh, fish."),
    });
  });
});
