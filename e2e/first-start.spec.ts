import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { startProduct } from "./start-server.ts";

// What does a person see between the first command and the first image?

const IMAGE = buildDockerArchive([buildTar([{ path: "etc/motd", body: "first" }])], { name: "first:1" });

/** A new data directory. */
function useHome() {
  const home = mkdtempSync(join(tmpdir(), "stratigraph-first-"));
  const env = { ...process.env, STRATIGRAPH_DATA: home, DATABASE_URL: "" };
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ["bin/stratigraph.mjs", ...args], { env, encoding: "utf8" });
  return { home, run, leave: () => rmSync(home, { recursive: true }) };
}

test("the address is printed before the scan ends, and the page shows the scan and then the image by itself", async ({
  page,
}) => {
  const { home, run, leave } = useHome();
  // Its image comes through a pipe that stays empty until the page has been checked.
  const server = await startProduct(["up", "docker-archive:-"], { STRATIGRAPH_DATA: home });
  try {
    await page.goto(server.url);
    await expect(page.getByRole("heading", { level: 1, name: /^Scanning docker-archive:-/ })).toBeVisible();
    server.stdin.end(IMAGE);
    const row = page.getByRole("region", { name: "Artifacts" }).getByRole("link", { name: /first:1/ });
    await expect(row).toBeVisible({ timeout: 15_000 });
    const chooser = await page.context().newPage();
    await chooser.goto(new URL("/compare", server.url).href);
    await expect(chooser.getByRole("heading", { level: 1, name: "Compare" })).toBeVisible();
    expect(run("rm", "first:1").status).toBe(0);
    for (const open of [page, chooser]) {
      await open.bringToFront();
      await expect(open.getByRole("heading", { level: 1, name: "Nothing scanned yet" })).toBeVisible();
    }
  } finally {
    await server.stop();
    leave();
  }
});

test("samples are only for an empty database: they do not come back beside an image", async ({
  browserName: _,
}, testInfo) => {
  const { home, run, leave } = useHome();
  const file = testInfo.outputPath("first.tar");
  writeFileSync(file, IMAGE);
  expect(run("scan", `docker-archive:${file}`).status).toBe(0);
  const server = await startProduct(["up", "--json"], { STRATIGRAPH_DATA: home });
  try {
    const { artifacts } = JSON.parse(run("list", "--json").stdout) as { artifacts: { name: string }[] };
    const names = artifacts.map(({ name }) => name);
    expect(names).toContain("first:1");
    expect(names.filter((name) => name.startsWith("sample-"))).toEqual([]);
  } finally {
    await server.stop();
    leave();
  }
});

test("the address comes first, in a frame with two next steps, and --open opens it", async () => {
  const { home, leave } = useHome();
  const opened = join(home, "opened");
  writeFileSync(join(home, "xdg-open"), `#!/bin/sh\necho "$1" > ${opened}\n`, { mode: 0o755 });
  const own = {
    PATH: `${home}:${process.env.PATH}`,
    STRATIGRAPH_DATA: home,
    STRATIGRAPH_URL: "",
    DATABASE_URL: "",
    PORT: "0",
  };
  const server = spawn(process.execPath, ["bin/stratigraph.mjs", "up", "--open"], {
    // Node prints a warning of two lines if both NO_COLOR and FORCE_COLOR, which the test runner sets, are present.
    env: { ...process.env, ...own, FORCE_COLOR: undefined },
    stdio: ["ignore", "pipe", "pipe"],
  });
  // Two pipes have no order between them: each is read separately.
  const printed = { out: "", err: "" };
  for (const name of ["out", "err"] as const) {
    server[`std${name}`].setEncoding("utf8").on("data", (text: string) => {
      printed[name] += text;
    });
  }
  await expect.poll(() => printed.err, { timeout: 60_000 }).toContain("next: ");
  const lines = printed.out.trimEnd().split("\n");
  const url = /http:\S+/.exec(lines[1]!)![0];
  expect(lines[0]).toMatch(/^┌─+┐$/);
  expect(lines.slice(1, 4)).toEqual([
    expect.stringContaining(`Stratigraph is at ${url}`),
    expect.stringContaining("stratigraph scan docker-archive:image.tar"),
    expect.stringContaining("stratigraph list"),
  ]);
  // Twelve with the installation's line.
  expect(lines.length + printed.err.trimEnd().split("\n").length).toBeLessThanOrEqual(11);
  await expect.poll(() => (existsSync(opened) ? readFileSync(opened, "utf8") : "")).toBe(`${url}\n`);
  const ended = once(server, "exit");
  server.kill("SIGTERM");
  await ended;
  leave();
});

test("a server's JSON is one document, without other output around it", async () => {
  const { home, leave } = useHome();
  const server = spawn(process.execPath, ["bin/stratigraph.mjs", "serve", "--json"], {
    env: {
      ...process.env,
      STRATIGRAPH_DATA: home,
      STRATIGRAPH_URL: "",
      DATABASE_URL: "",
      HOST: "127.0.0.1",
      PORT: "0",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  server.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  await expect.poll(() => printed, { timeout: 30_000 }).toContain("}");
  const ended = once(server, "exit");
  server.kill("SIGTERM");
  await ended;
  const addresses = JSON.parse(printed);
  expect(addresses).toEqual({
    url: addresses.listening,
    listening: expect.stringMatching(/^http:\/\/127.0.0.1:\d+\/$/),
  });
  leave();
});
