import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

// A name means one artifact, and an artifact has all its names and no other.

interface ArtifactJson {
  id: string;
  name: string;
  names: string[];
}

const place = makeTestPlace();
const { folder } = place;
const archive = (file: string, body: string, names: readonly string[]) => {
  const path = join(folder, file);
  writeFileSync(path, buildDockerArchive([buildTar([{ path: "srv/app", body }])], { names }));
  return `docker-archive:${path}`;
};
const YESTERDAY = archive("yesterday.tar", "yesterday", ["shop/app:latest"]);
const TODAY = archive("today.tar", "today, and longer", ["shop/app:latest"]);
const MULTI = archive("multi.tar", "multi", ["multi:1.0", "multi:latest", "ghcr.io/x/multi:1"]);

const run = (...args: string[]) => runCli(args, { databaseUrl: place.database.url });
const json = <T>(...args: string[]) => runCliJson<T>(args, { databaseUrl: place.database.url });
const list = async () => (await json<{ artifacts: ArtifactJson[] }>("list")).artifacts;

describe("a name that moves to another image", () => {
  let [older, newer] = ["", ""];

  it("means the image of its last scan, and the scan prints what it meant before", async () => {
    await run("scan", YESTERDAY);
    older = (await list())[0]!.id;
    const moved = await run("scan", TODAY);
    newer = (await list())[0]!.id;
    expect(moved.stderr).toContain(`shop/app:latest: image ${newer}`);
    expect(moved.stderr).toContain(`; the name meant ${older} before`);
    const added = await run("scan", "--name", "shop/app:1.0", TODAY);
    expect(added.stderr).toContain("already known as shop/app:latest, and now by this name too");
  });

  it("is shown only with its artifact, beside the other names", async () => {
    expect(await list()).toMatchObject([
      { id: newer, name: "shop/app:1.0", names: ["shop/app:1.0", "shop/app:latest"] },
      { id: older, name: older, names: [] },
    ]);
    expect((await json<ArtifactJson>("show", "shop/app:latest")).id).toBe(newer);
    const { stdout } = await run("list");
    expect(stdout).toMatch(new RegExp(`${newer} .*shop/app:1.0, shop/app:latest`));
    expect(stdout).toMatch(new RegExp(`${older} +image +– `));
  });

  it("comes back if the older image is scanned again", async () => {
    const again = await run("scan", YESTERDAY);
    expect(again.stderr).toContain(`already known; the name meant ${newer} before`);
    expect((await json<ArtifactJson>("show", "shop/app:latest")).id).toBe(older);
    expect((await json<ArtifactJson>("show", newer)).names).toEqual(["shop/app:1.0"]);
    await run("scan", TODAY);
  });

  it("is removed with its image, and does not fall back to the older one", async () => {
    const { stderr } = await run("rm", "shop/app:latest");
    expect(stderr).toMatch(/removed shop\/app:latest \(sha256:.*\), which was also called shop\/app:1.0/);
    expect(await run("rm", "shop/app:latest")).toMatchObject({ status: 2 });
    expect(await list()).toMatchObject([{ id: older, names: [] }]);
    await run("rm", older);
  });
});

describe("an image of several names", () => {
  beforeAll(async () => {
    await run("scan", MULTI, archive("other.tar", "another", ["m-other"]), archive("one.tar", "one", ["m-one"]));
  });

  it("is listed with all of them, and found by each", async () => {
    const names = ["ghcr.io/x/multi:1", "multi:latest", "multi:1.0"];
    const multi = (await list()).find(({ name }) => name === names[0])!;
    expect(multi.names).toEqual(names);
    for (const name of names) expect((await json<ArtifactJson>("show", name)).id).toBe(multi.id);
    expect((await run("show", "multi")).stdout).toContain(names.join(", "));
  });

  it("is found by a pattern in a set", async () => {
    const ids = (await list()).map(({ id }) => id);
    expect((await json<{ artifacts: string[] }>("savings", "m*")).artifacts.toSorted()).toEqual(ids.toSorted());
    expect((await json<{ artifacts: string[] }>("overlap", "m-*", "m-one")).artifacts).toHaveLength(2);
    expect(await json("report", "overlap", "m-*")).toHaveProperty("url");
    expect(await run("savings", "x-*")).toMatchObject({
      status: 2,
      stderr: "stratigraph: error: no name matches x-*\n",
    });
  });

  it("is found by a pattern that matches nothing else, where one artifact is expected", async () => {
    expect((await json<ArtifactJson>("show", "mul*")).names).toContain("multi:1.0");
    const several = await run("show", "m-*");
    expect([several.status, several.stderr]).toEqual([
      2,
      "stratigraph: error: m-* matches 2 artifacts, and one is expected\n  m-one\n  m-other\n",
    ]);
    expect((await run("savings", "m-*")).stderr).toBe("m-* matches 2 artifacts\n");
  });

  it("is removed with all of them, listed in one JSON document", async () => {
    const { removed } = await json<{ removed: ArtifactJson }>("rm", "multi:1.0");
    expect(removed).toMatchObject({ name: "multi:1.0", names: ["ghcr.io/x/multi:1", "multi:latest", "multi:1.0"] });
    expect(await run("show", "multi:latest")).toMatchObject({ status: 2 });
  });

  it("is removed by a pattern with all that match; a wrong word removes none", async () => {
    expect((await run("rm", "m-*", "x-*")).status).toBe(2);
    const { stderr } = await run("rm", "m-*");
    expect(stderr).toMatch(/^m-\* matches 2 artifacts\nremoved m-one .*\nremoved m-other .*\n$/);
    expect(await list()).toEqual([]);
  });
});
