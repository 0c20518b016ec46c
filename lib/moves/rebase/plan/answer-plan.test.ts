import { beforeAll, describe, expect, it } from "vitest";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import type { RebasePlan } from "#lib/model/rebase-plan.ts";
import { runCli } from "#testing/run/run-cli.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";
import { answerRebasePlan } from "./answer-plan.ts";

const MINI = sharedData("fleet-mini/oci");

describe.skipIf(MINI === undefined)("what is known of a rebase in fleet-mini before a layer is read", () => {
  const place = makeTestPlace();
  const idOf = async (name: string) => (await findArtifact(place.database.pool, name)).id;

  beforeAll(async () => {
    const run = await runCli(["scan", `oci:${MINI}`], { databaseUrl: place.database.url });
    expect(run.status).toBe(0);
  });

  async function plan(image: string, from: string, to: string, rebuilt?: string): Promise<RebasePlan> {
    const [one, older, newer, built] = await Promise.all([image, from, to, rebuilt ?? image].map(idOf));
    const ids = { image: one!, from: older!, to: newer!, rebuilt: rebuilt === undefined ? undefined : built };
    return answerRebasePlan(place.database.pool, ids);
  }

  it("finds the rebuilt image by its layers, which are those of the image on the new base", async () => {
    const { rebuilt, candidates, image, to } = await plan("m-old-sqlite", "m-base-old", "m-base");
    expect(rebuilt?.name).toBe("m-sqlite");
    expect(rebuilt?.layers.map(({ diffId }) => diffId)).toEqual([to.layers[0]!.diffId, image.layers[1]!.diffId]);
    expect(candidates.map(({ name }) => name)).toEqual(["m-lua", "m-sqlite"]);
  });

  it("finds none where no image has the same layers, and takes one that is named", async () => {
    expect((await plan("m-sqlite", "m-base", "m-base-old")).rebuilt?.name).toBe("m-old-sqlite");
    expect((await plan("m-lua", "m-base", "m-base-old")).rebuilt).toBeNull();
    expect((await plan("m-lua", "m-base", "m-base-old", "m-old-sqlite")).rebuilt?.name).toBe("m-old-sqlite");
  });

  it("counts the files that the bases have in common, and never more than either has", async () => {
    const { likeBase, from, to } = await plan("m-old-sqlite", "m-base-old", "m-base");
    const between = likeBase.filter((band) => band.from === 0 && band.to === 0);
    expect(between).toHaveLength(1);
    expect(between[0]!.bytes).toBeGreaterThan(1_000_000);
    expect(between[0]!.bytes).toBeLessThan(Math.min(from.layers[0]!.contentSize!, to.layers[0]!.contentSize!));
  });
});
