import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar, type TarMember } from "#testing/builders/tar.ts";

/** Files per layer: enough that reading and writing two images takes longer than starting the command. */
const LAYER_FILES = 4000;

/** Two images that share a layer and contain one package each: the input of one round only. */
export interface Workload {
  readonly sources: readonly string[];
  readonly names: readonly string[];
  remove(): void;
}

/** `key` makes the bytes different in every round, so that each scan has to read and write them. */
export function makeWorkload(key: string): Workload {
  const folder = mkdtempSync(join(tmpdir(), "stratigraph-faults-"));
  const shared = buildLayer(`${key}/shared`);
  const names = ["first", "second"].map((which) => `faults/${which}:${key}`);
  const sources = names.map((name, i) => {
    const path = join(folder, `${i}.tar`);
    writeFileSync(path, buildDockerArchive([shared, buildLayer(`${key}/${i}`)], { name }));
    return `docker-archive:${path}`;
  });
  return { sources, names, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Files in as many directories as a distribution has, one package that owns some, and a file that the next layer hides. */
function buildLayer(key: string): Uint8Array {
  const files: TarMember[] = Array.from({ length: LAYER_FILES }, (_, i) => ({
    path: `usr/share/${i % 200}/${key.replaceAll("/", "-")}-${i}`,
    body: `${key} ${i}`,
  }));
  const listed = files.slice(0, 100).map(({ path }) => `/${path}`);
  return buildTar([
    ...files,
    { path: "etc/replaced", body: key },
    {
      path: "var/lib/dpkg/status",
      body: "Package: base\nStatus: install ok installed\nVersion: 1\nArchitecture: all\n",
    },
    { path: "var/lib/dpkg/info/base.list", body: `${listed.join("\n")}\n` },
  ]);
}
