import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { UsageError } from "#lib/model/problem.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { runCli } from "#testing/run/run-cli.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";
import { answerRebasePlan } from "./rebase/plan/answer-plan.ts";
import { answerUpdate, MAX_AFFECTED } from "./update/answer-update.ts";

/** One more than is offered. */
const REBUILT_COUNT = 13;
const STATUS = "Package: base\nStatus: install ok installed\nVersion: 1\nArchitecture: all\n";

describe("the limits of questions about stored images", () => {
  const place = makeTestPlace();

  beforeAll(async () => {
    const base = (name: string) => buildTar([{ path: "etc/base", body: name }]);
    const own = (name: string) => buildTar([{ path: "var/lib/dpkg/status", body: STATUS }, { path: name }]);
    const rebuilt = Array.from({ length: REBUILT_COUNT }, (_, i) => `rebuilt-${i}`);
    const sources = [
      ["old", [base("old")]],
      ["new", [base("new")]],
      ["image", [base("old"), own("image")]],
      ...rebuilt.map((name) => [name, [base("new"), own(name)]] as const),
    ] as const;
    const paths = sources.map(([name, layers]) => {
      const path = join(place.folder, `${name}.tar`);
      writeFileSync(path, buildDockerArchive(layers, { name: `${name}:1` }));
      return `docker-archive:${path}`;
    });
    expect((await runCli(["scan", ...paths], { databaseUrl: place.database.url })).status).toBe(0);
  });

  const find = (name: string) => findArtifact(place.database.pool, `${name}:1`);

  it("offers twelve images as the rebuilt one, and the one that is named in any case", async () => {
    const [image, from, to, last] = await Promise.all(["image", "old", "new", "rebuilt-9"].map(find));
    const ids = { image: image!.id, from: from!.id, to: to!.id };
    const plan = await answerRebasePlan(place.database.pool, { ...ids, rebuilt: last!.id });
    expect(plan.candidates.map(({ name }) => name)).not.toContain("rebuilt-9:1");
    expect([plan.candidates.length, plan.rebuilt?.name]).toEqual([REBUILT_COUNT - 1, "rebuilt-9:1"]);
  });

  it("measures the update of as many artifacts as are allowed", async () => {
    const { id, digest } = await find("image");
    const named = { id, digest, name: "image:1" };
    const ask = (count: number) =>
      answerUpdate(place.database.pool, { components: ["base"], artifacts: new Array(count).fill(named) });
    expect((await ask(MAX_AFFECTED)).affected).toHaveLength(MAX_AFFECTED);
    await expect(ask(MAX_AFFECTED + 1)).rejects.toThrow(UsageError);
  });
});
