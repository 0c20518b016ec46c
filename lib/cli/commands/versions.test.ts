import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

// What did a name refer to, and what came in and went out from one to the next?

interface PeriodJson {
  name: string;
  since: number | null;
  seenAt: number;
  until: number | null;
  refersTo: string | null;
}
interface VersionsJson {
  scope: string;
  order: string;
  count: number;
  artifacts: { id: string }[];
  versions: {
    id: string;
    digest: string;
    names: string[];
    isCurrent: boolean;
    size: number;
    delta: number | null;
    previous: string | null;
    since: number | null;
    until: number | null;
    created: number | null;
    changes: { added: number; removed: number; changed: number } | null;
  }[];
}

const place = makeTestPlace();
const { folder } = place;
const record = (name: string, version: string) =>
  `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n\n`;

/** An image with these packages, each with a file of as many bytes as its version says. */
function archive(file: string, name: string, packages: Readonly<Record<string, number>>, created = "") {
  const entries = Object.entries(packages);
  const layer = buildTar([
    ...entries.flatMap(([each, bytes]) => [
      { path: `usr/lib/${each}`, body: each.charAt(0).repeat(bytes) },
      { path: `var/lib/dpkg/info/${each}.list`, body: `/usr/lib/${each}\n` },
    ]),
    { path: "var/lib/dpkg/status", body: entries.map(([each, bytes]) => record(each, `1.${bytes}`)).join("") },
  ]);
  const path = join(folder, file);
  writeFileSync(path, buildDockerArchive([layer], { name, config: { os: "linux", architecture: "amd64", created } }));
  return `docker-archive:${path}`;
}

const run = (...args: string[]) => runCli(args, { databaseUrl: place.database.url });
const json = <T>(...args: string[]) => runCliJson<T>(args, { databaseUrl: place.database.url });
const versions = (name: string) => json<VersionsJson>("list", "--versions", name);

describe("the versions of a name that moves", () => {
  const ONE = archive("one.tar", "shop/app:edge", { a: 100, b: 200 });
  const TWO = archive("two.tar", "shop/app:edge", { a: 150, c: 300, d: 400 });

  beforeAll(async () => {
    for (const source of [ONE, TWO, ONE, ONE]) await run("scan", source);
  }, 60_000);

  it("are one for each time that it referred to something else, the newest first", async () => {
    const { scope, count, versions: listed, artifacts } = await versions("shop/app:edge");
    expect({ scope, count, artifacts: artifacts.length }).toEqual({ scope: "name", count: 3, artifacts: 2 });
    expect(listed.map(({ isCurrent }) => isCurrent)).toEqual([true, false, false]);
    expect(listed[0]!.digest).toBe(listed[2]!.digest);
    expect(listed[0]!.since).toBeGreaterThanOrEqual(listed[1]!.until!);
    expect(listed[1]!.since).toBeGreaterThanOrEqual(listed[2]!.until!);
    expect(listed.map(({ previous }) => previous)).toEqual([listed[1]!.digest, listed[2]!.digest, null]);
  });

  it("differ by components in, out and updated, and by bytes", async () => {
    const { versions: listed } = await versions("shop/app:edge");
    expect(listed.map(({ changes }) => changes)).toEqual([
      { added: 1, removed: 2, changed: 2 },
      { added: 2, removed: 1, changed: 2 },
      null,
    ]);
    expect(listed[0]!.delta).toBe(-listed[1]!.delta!);
    expect(listed[1]!.size - listed[2]!.size).toBe(listed[1]!.delta);
    expect(listed[2]!.delta).toBeNull();
  });

  it("agree with the difference of both neighbours", async () => {
    const [, newer, older] = (await versions("shop/app:edge")).versions;
    const { components } = await json<{ components: { change: string }[] }>("diff", older!.id, newer!.id);
    const count = (change: string) => components.filter((row) => row.change === change).length;
    expect(newer!.changes).toEqual({ added: count("added"), removed: count("removed"), changed: count("changed") });
  });

  it("are printed with their times, and show has the history of an artifact's names", async () => {
    const { stdout } = await run("list", "--versions", "shop/app:edge");
    expect(stdout).toContain("shop/app:edge: 3 versions");
    expect(stdout).toMatch(/Id +Name .*Change +In +Out +Updated +Since +Until/);
    const { nameHistory, id } = await json<{ id: string; nameHistory: PeriodJson[] }>("show", "shop/app:edge");
    expect(nameHistory.map(({ name, until }) => [name, until === null])).toEqual([
      ["shop/app:edge", true],
      ["shop/app:edge", false],
    ]);
    // Scanned twice in its second time: the scan moved, the beginning did not.
    expect(nameHistory[0]!.seenAt).toBeGreaterThan(nameHistory[0]!.since!);
    expect((await run("show", "shop/app:edge")).stdout).toMatch(/Names\nSince +Last scanned +Moved +Refers to +Name\n/);
    const older = (await versions("shop/app:edge")).versions[1]!;
    const moved = await json<{ nameHistory: PeriodJson[] }>("show", older.id);
    expect(moved.nameHistory[0]!.refersTo).toContain(id);
  });

  it("lose what rm removes, and a name that is not known is an error", async () => {
    await run("rm", "shop/app:edge");
    const { versions: left } = await versions("shop/app:edge");
    expect(left).toMatchObject([{ isCurrent: false, previous: null, changes: null }]);
    const unknown = await run("list", "--versions", "shop/apq:edge");
    expect([unknown.status, unknown.stderr]).toEqual([
      2,
      expect.stringContaining("no artifact was scanned as shop/apq:edge"),
    ]);
  });
});

describe("the versions of a repository", () => {
  it("are its tags by when they were made, each artifact once with all its names", async () => {
    const first = archive("r1.tar", "reg.example:5000/shop/web:1.0", { a: 10 }, "2024-01-01T00:00:00Z");
    const second = archive("r2.tar", "reg.example:5000/shop/web:1.1", { a: 20 }, "2024-02-01T00:00:00Z");
    // The newer one is scanned first.
    for (const args of [[second], [first], ["--name", "reg.example:5000/shop/web:latest", second]])
      await run("scan", ...args);
    const { scope, order, versions: listed } = await versions("reg.example:5000/shop/web");
    expect([scope, order]).toEqual(["repository", "created"]);
    expect(listed.map(({ names }) => names)).toEqual([
      ["reg.example:5000/shop/web:1.1", "reg.example:5000/shop/web:latest"],
      ["reg.example:5000/shop/web:1.0"],
    ]);
    expect(listed[0]).toMatchObject({ delta: expect.any(Number), changes: { added: 0, removed: 0 } });
  });

  it("are ordered by their scans if one of them says an impossible date", async () => {
    await run("scan", archive("r3.tar", "reg.example:5000/shop/web:1.2", { a: 30 }, "1970-01-01T00:00:01Z"));
    const { order, versions: listed } = await versions("reg.example:5000/shop/web");
    expect(order).toBe("scanned");
    expect(listed.map(({ names: [name] }) => name!.slice(-3))).toEqual(["1.2", "1.0", "1.1"]);
    expect(listed[0]!.created).toBeNull();
  });
});
