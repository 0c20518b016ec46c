import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { runCli } from "#testing/run/run-cli.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

const IMAGES = 20;
const WARNINGS_EACH = 50;

describe("a scan with a thousand warnings", () => {
  const place = makeTestPlace();
  const { folder } = place;

  function writeImage(i: number): string {
    const path = join(folder, `${i}.tar`);
    const damaged = Array.from({ length: WARNINGS_EACH - 1 }, (_, j) => `damaged-${i}-${j}`);
    const needing = JSON.stringify({ name: "app", version: "1.0.0", dependencies: { gone: "1" } });
    const layer = buildTar([
      // What the image lacks comes first, is counted, and is not printed.
      { path: "app/node_modules/a/package.json", body: needing },
      ...damaged.map((name) => ({ path: `app/node_modules/${name}/package.json`, body: "{" })),
    ]);
    writeFileSync(path, buildDockerArchive([layer], { name: `image:${i}` }));
    return `docker-archive:${path}`;
  }

  it("prints the first of them, counts all, and has every one in JSON", async () => {
    const sources = Array.from({ length: IMAGES }, (_, i) => writeImage(i));
    const { status, stdout, stderr } = await runCli(["scan", "--json", ...sources], {
      databaseUrl: place.database.url,
    });
    const lines = stderr.trimEnd().split("\n");
    expect(stderr).not.toContain("nothing installed satisfies");
    expect(lines.filter((line) => line.startsWith("stratigraph: warning: "))).toHaveLength(12);
    expect(lines.filter((line) => line === "… and 47 more warnings; show lists all")).toHaveLength(4);
    expect(lines.filter((line) => /^image:\d+: image [0-9a-f]{16}, .*, 50 warnings$/.test(line))).toHaveLength(IMAGES);
    expect(lines).toHaveLength(12 + 4 + IMAGES);
    expect([status, JSON.parse(stdout).problems.length]).toEqual([0, IMAGES * WARNINGS_EACH]);
  });
});
