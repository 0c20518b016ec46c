import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { testStorePath } from "#testing/builders/store.ts";
import { findGcRoots, MAX_ROOT_DEPTH } from "./gc-roots.ts";
import { MAX_LINKS_FOLLOWED, resolveInside } from "./path-inside.ts";

const A = testStorePath(1, "a");
const STATE = "/nix/var/nix";

let directory: string;
beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), "roots-")));
});
afterEach(() => rmSync(directory, { recursive: true }));

function link(path: string, target: string): void {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  symlinkSync(target, join(directory, path));
}

const find = () => findGcRoots({ root: { realPath: directory }, stateDir: STATE, storeDir: "/nix/store" });
const linksFound = async () => (await find()).roots.map((root) => root.link);

describe("findGcRoots", () => {
  test("finds each generation of a profile, and the profile that names one of them", async () => {
    link(`${STATE}/profiles/per-user/me/profile`, "profile-2-link");
    link(`${STATE}/profiles/per-user/me/profile-1-link`, testStorePath(2, "old"));
    link(`${STATE}/profiles/per-user/me/profile-2-link`, A);
    expect((await find()).roots).toEqual([
      { link: `${STATE}/profiles/per-user/me/profile`, storePath: A },
      { link: `${STATE}/profiles/per-user/me/profile-1-link`, storePath: testStorePath(2, "old") },
      { link: `${STATE}/profiles/per-user/me/profile-2-link`, storePath: A },
    ]);
  });

  test("follows an indirect root inside the directory that acts as /", async () => {
    link("/home/me/result", `${A}/bin`);
    link(`${STATE}/gcroots/auto/x`, "/home/me/result");
    expect((await find()).roots).toEqual([{ link: `${STATE}/gcroots/auto/x`, storePath: A }]);
  });

  test("follows it through directories that are links, absolute and relative", async () => {
    link("/data/me/result", A);
    link("/home", "/data");
    link("/users", "nix/../home");
    link(`${STATE}/gcroots/auto/x`, "../../../../../users/me/result");
    expect(await linksFound()).toEqual([`${STATE}/gcroots/auto/x`]);
  });

  test("removes the path of a store that was created in a directory", async () => {
    link("/home/me/result", `${directory}${A}`);
    link(`${STATE}/gcroots/auto/x`, `${directory}/home/me/result`);
    expect(await linksFound()).toEqual([`${STATE}/gcroots/auto/x`]);
  });

  test("finds a file named like the path it keeps", async () => {
    mkdirSync(join(directory, STATE, "gcroots/hydra"), { recursive: true });
    writeFileSync(join(directory, STATE, "gcroots/hydra", basename(A)), "");
    writeFileSync(join(directory, STATE, "gcroots/hydra/README"), "");
    expect((await find()).roots).toEqual([{ link: `${STATE}/gcroots/hydra/${basename(A)}`, storePath: A }]);
  });

  test("follows the collector's rule: one link outside, not a chain of them", async () => {
    link("/home/me/result", A);
    link("/home/me/again", "/home/me/result");
    link(`${STATE}/gcroots/auto/x`, "/home/me/again");
    expect(await linksFound()).toEqual([]);
  });

  test.each([
    ["dead", "/nowhere/at/all"],
    ["a loop", `${STATE}/gcroots/auto/x`],
    ["to an ordinary file", "/etc/passwd"],
    ["to a directory", "/"],
    ["out of the directory", "../../../../../../../../../../proc/self/exe"],
    ["into the store directory itself", "/nix/store"],
    ["to a name that is not a store path", "/nix/store/.links/x"],
    ["longer than any path", `/${"x".repeat(4000)}`],
  ])("ignores a link that is %s", async (_, target) => {
    mkdirSync(join(directory, "etc"));
    writeFileSync(join(directory, "etc/passwd"), "");
    link(`${STATE}/gcroots/auto/x`, target);
    expect(await find()).toEqual({ roots: [], unreadable: [] });
  });

  test("does not walk through links to directories, like the collector", async () => {
    link("/elsewhere/x", A);
    link(`${STATE}/gcroots/profiles`, "/elsewhere");
    expect(await linksFound()).toEqual([]);
  });

  test("refuses directories nested beyond its limit", async () => {
    mkdirSync(join(directory, STATE, "gcroots", "d/".repeat(MAX_ROOT_DEPTH)), { recursive: true });
    await expect(find()).rejects.toMatchObject({ code: "limit-exceeded" });
  });

  test("refuses more entries than its limit", async () => {
    for (let i = 0; i < 5; i++) link(`${STATE}/gcroots/${i}`, A);
    const options = { root: { realPath: directory }, stateDir: STATE, storeDir: "/nix/store" };
    expect((await findGcRoots({ ...options, maxEntries: 5 })).roots).toHaveLength(5);
    await expect(findGcRoots({ ...options, maxEntries: 4 })).rejects.toMatchObject({ code: "limit-exceeded" });
  });

  test("accepts a system that has neither directory", async () => {
    expect(await find()).toEqual({ roots: [], unreadable: [] });
  });
});

describe("resolveInside", () => {
  const resolve = (path: string) => resolveInside({ realPath: directory }, path, { followLast: true });

  test("never climbs out", async () => {
    link("/up", "../../../..");
    expect(await resolve("/up/../..")).toBe("/");
  });

  test("follows as many links as Linux, and no more", async () => {
    writeFileSync(join(directory, "l0"), "");
    for (let i = 1; i <= MAX_LINKS_FOLLOWED + 1; i++) link(`/l${i}`, `l${i - 1}`);
    expect(await resolve(`/l${MAX_LINKS_FOLLOWED}`)).toBe("/l0");
    expect(await resolve(`/l${MAX_LINKS_FOLLOWED + 1}`)).toBeUndefined();
  });

  test("gives up on links that multiply", async () => {
    for (let i = 1; i < 30; i++) link(`/b${i}`, `b${i - 1}/`.repeat(2));
    link("/b0", ".");
    expect(await resolve("/b29")).toBeUndefined();
  });
});
