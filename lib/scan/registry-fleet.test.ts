import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerSavings } from "#lib/answers/savings.ts";
import { sumSharing } from "#lib/db/queries/sum-sharing.ts";
import type { SavingsAnswer } from "#lib/model/answer.ts";
import { readRegistryFleet } from "#testing/builders/registry-fleet.ts";
import { runCliJson } from "#testing/run/run-cli.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";
import { serveImages, type ToyRegistry } from "#testing/run/toy-registry.ts";

const file = sharedData("registry-fleet/repo-info-2018-01.amd64.json.zst");

/** Known answers of ../shared/data. */
const FLEET = { manifests: 942, references: 7754, layers: 3032, unshared: 164_886_225_737, layer: 60_063_224_094 };

describe.skipIf(file === undefined)("a registry of 942 official images, by their manifests alone", () => {
  const place = makeTestPlace();
  let registry: ToyRegistry;
  beforeAll(async () => {
    registry = await serveImages(readRegistryFleet(file!));
  });
  afterAll(() => registry.stop());

  it("gives every layer reference and the bytes of both ends of the ladder, without a layer fetched", async () => {
    const source = `docker://${registry.host}/`;
    const databaseUrl = place.database.url;
    const { artifacts } = await runCliJson<{ artifacts: object[] }>(["scan", source, "--manifests-only"], {
      databaseUrl,
    });
    expect(artifacts).toHaveLength(FLEET.manifests);
    // A manifest and a config each.
    expect(registry.takeAsked()).toHaveLength(2 * FLEET.manifests);
    const { rows } = await place.database.pool.query<{ id: number }>("SELECT id FROM artifact");
    const { rungs } = await answerSavings(place.database.pool, rows);
    expect(pickFigures(rungs)).toEqual({
      unshared: [FLEET.unshared, FLEET.references],
      layer: [FLEET.layer, FLEET.layers],
      blob: [FLEET.layer, FLEET.layers],
    });
    expect(await sumSharing(place.database.pool)).toMatchObject({
      imageCount: FLEET.manifests,
      layerReferenceCount: FLEET.references,
      unshared: FLEET.unshared,
      chain: rungs.find(({ rung }) => rung === "chain")!.bytes,
      layer: FLEET.layer,
      byDownload: true,
      leftOutCount: 0,
    });
  }, 120_000);
});

function pickFigures(rungs: SavingsAnswer["rungs"]) {
  const picked = rungs.filter(({ rung }) => rung !== "chain");
  return Object.fromEntries(picked.map(({ rung, bytes, units }) => [rung, [bytes, units]]));
}
