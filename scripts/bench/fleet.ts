import { diffPath, overlapPath, savingsPath } from "#components/set/set-address.ts";
import { listArtifacts } from "#lib/db/queries/list-artifacts.ts";
import type { Database } from "#lib/db/server/database.ts";
import { MAX_SETS } from "#lib/model/rung.ts";
import { readRegistryFleet } from "#testing/builders/registry-fleet.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { serveImages } from "#testing/run/toy-registry.ts";
import { type Figure, seconds } from "./measure-run.ts";
import { startProduct, timePages } from "./product.ts";
import { empty, scan } from "./scans.ts";

const MIN_PER_SECOND = 150;
const PAGE_BUDGET_MS = 200;

/** A registry of 942 images by their manifests alone: the scan, start-up included, and the pages with these images. */
export async function benchFleet({ pool, url }: Database): Promise<Figure[]> {
  const file = sharedData("registry-fleet/repo-info-2018-01.amd64.json.zst");
  const what = "registry: scan of manifests alone";
  if (file === undefined) return [{ what, value: "not measured: no shared data", budget: "", within: undefined }];
  await empty(url);
  const images = readRegistryFleet(file);
  const registry = await serveImages(images);
  const { milliseconds, peakBytes } = await scan(`docker://${registry.host}/`, url, "--manifests-only");
  await registry.stop();
  const perSecond = images.length / (milliseconds / 1000);
  const figure = {
    what: `${what}, ${images.length} images`,
    value: `${seconds(milliseconds)}, ${Math.round(perSecond)} a second, ${Math.round(peakBytes / 1024 ** 2)} MiB`,
    budget: `≥ ${MIN_PER_SECOND} a second`,
    within: perSecond >= MIN_PER_SECOND,
  };
  return [figure, ...(await timeFleetPages({ pool, url }))];
}

async function timeFleetPages({ pool, url }: Pick<Database, "pool" | "url">): Promise<Figure[]> {
  const { rows } = await listArtifacts(pool, { limit: MAX_SETS });
  const names = rows.map(({ name }) => name);
  const server = await startProduct([process.execPath, "bin/stratigraph.mjs", "serve"], { DATABASE_URL: url });
  const pages = {
    "home with that registry": "/",
    "two of its images compared": diffPath(names[0]!, names[1]!),
    [`${names.length} of its images compared`]: overlapPath(names),
    [`savings of ${names.length} of its images`]: savingsPath(names),
  };
  try {
    return await timePages(server.url, pages, PAGE_BUDGET_MS);
  } finally {
    await server.stop();
  }
}
