import { readFileSync } from "node:fs";
import { zstdDecompressSync } from "node:zlib";
import { digestOf, type ServedImage } from "#testing/run/toy-registry.ts";

/** An image of Docker's official images under one of its tags. */
interface FleetRow {
  readonly repo: string;
  readonly tag: string;
  readonly manifest: string;
  readonly layers: readonly (readonly [digest: string, size: number, mediaType: string])[];
}

/** Every manifest of the file once, under the first of its tags. The DiffIDs are made up, one for each blob. */
export function readRegistryFleet(file: string): ServedImage[] {
  const rows: FleetRow[] = JSON.parse(zstdDecompressSync(readFileSync(file)).toString("utf8"));
  const byManifest = new Map(rows.toReversed().map((row) => [row.manifest, row]));
  return [...byManifest.values()].map(({ repo, tag, layers }) => ({
    repository: repo,
    tag,
    layers: layers.map(([digest, size]) => ({ digest, size, diffId: digestOf(Buffer.from(`content of ${digest}`)) })),
  }));
}
