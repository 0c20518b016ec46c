import { areInstalled, startRegistry } from "#testing/run/registry.ts";
import { buildBenchImage, findMissing } from "./image.ts";
import { type Figure, seconds } from "./measure-run.ts";
import { empty, scan } from "./scans.ts";

const RUNS = 5;
const MAX_RATIO = 1.15;
const WHAT = "registry: scan of an image on the loopback address";

/** The same image from a real registry and from disk, in turn: other work on the machine slows both. */
export async function benchRegistry(folder: string, url: string): Promise<Figure[]> {
  const missing = areInstalled("docker-registry", "skopeo")
    ? findMissing(folder)
    : "not measured: apt-get install docker-registry skopeo";
  if (missing !== undefined) return [{ what: WHAT, value: missing, budget: "", within: undefined }];
  const layout = `oci:${buildBenchImage(folder)}`;
  const registry = await startRegistry();
  try {
    await registry.push(`${layout}:bench`, "bench/image:1");
    const [remote, local] = await scanInTurn([`docker://${registry.host}/bench/image:1`, layout], url);
    return [
      {
        what: WHAT,
        value: `${seconds(remote!)}, ${(remote! / local!).toFixed(2)} × from disk`,
        budget: `≤ ${MAX_RATIO} ×`,
        within: remote! <= MAX_RATIO * local!,
      },
    ];
  } finally {
    await registry.stop();
  }
}

/** The median of each source's scans into an empty database, in milliseconds. */
async function scanInTurn(sources: readonly string[], url: string): Promise<number[]> {
  const times = sources.map((): number[] => []);
  for (let i = 0; i < RUNS; i++) {
    for (const [which, source] of sources.entries()) {
      await empty(url);
      times[which]!.push((await scan(source, url)).milliseconds);
    }
  }
  return times.map((each) => each.sort((a, b) => a - b)[RUNS >> 1]!);
}
