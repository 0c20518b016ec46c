import { buildDockerArchive } from "./image-archive.ts";
import { buildTar, type TarMember } from "./tar.ts";

/** Right-to-left override, a C0 escape, a C1 control sequence introducer, a lone zero-width joiner: must be escaped. */
export const RAW = "\u202e\u001b[2J\u009b1m\u200d";

/**
 * History lines of this many characters, a third of them control characters: escaped in full, they would make a page of 99 MB.
 */
const HISTORY_CHARACTERS = 1_600_000;
const LAYERS = 60;
const PROBLEMS = 10_000;
/** Missing dependencies of each package file. */
const ASKED_EACH = 500;
const DEEP_PATHS = 20;
/** Nested directories, ten bytes each. */
const DEPTH = 200;

/** An image in which every text is hostile: names, platform, history, paths, links, package names. */
export function buildRawTextImage(name: string): Uint8Array {
  const layer = buildTar([
    { path: "x", pax: { path: `srv/${RAW}/${RAW}file` }, body: RAW.repeat(50) },
    { path: "node_modules/a/package.json", body: packageJson(`a${RAW}`, [`gone${RAW}`]) },
    { path: "var/lib/dpkg/status", body: `Package: deb${RAW}\nStatus: install ok installed\nVersion: 1${RAW}\n\n` },
  ]);
  const hidden = buildTar([{ path: "x", pax: { path: `srv/${RAW}/${RAW}file` }, body: RAW }]);
  return buildDockerArchive([layer, hidden], {
    name: `${name}${RAW}:1`,
    config: {
      os: `linux${RAW}`,
      architecture: `amd64${RAW}`,
      history: [{ created_by: `RUN ${RAW}` }, { created_by: `COPY ${RAW} /srv` }],
    },
  });
}

/** An image that is large in every way a page shows: history, layers, problems, deep paths. */
export function buildLargeTextImage(name: string): Uint8Array {
  const layers = Array.from({ length: LAYERS }, (_, i) => buildTar([...deepFiles(i), ...packageFiles(i)]));
  const history = layers.map((_, i) => ({
    created_by: `${i} `.concat("A\u001b[2J".repeat(i === 0 ? HISTORY_CHARACTERS / 5 : 1000)),
  }));
  return buildDockerArchive(layers, { name, config: { history } });
}

/** The same files in every layer under long paths, with different bodies: all but the highest copies are wasted. */
function deepFiles(layer: number): TarMember[] {
  return Array.from({ length: DEEP_PATHS }, (_, i) => {
    const path = `deep/${"\u202e".repeat(60)}${i}/${"directory/".repeat(DEPTH)}file`;
    return { path: "x", pax: { path }, body: `${layer} ${i}` };
  });
}

function packageFiles(layer: number): TarMember[] {
  if (layer >= PROBLEMS / ASKED_EACH) return [];
  const asked = Array.from({ length: ASKED_EACH }, (_, i) => `gone-${layer}-${i}`);
  return [{ path: `app${layer}/node_modules/p${layer}/package.json`, body: packageJson(`p${layer}`, asked) }];
}

function packageJson(name: string, asked: readonly string[]): string {
  return JSON.stringify({ name, version: "1.0.0", dependencies: Object.fromEntries(asked.map((one) => [one, "*"])) });
}

/** The maximum number of nearly empty layers: each has a row, a stratum and a band. */
export function buildManyLayersImage(name: string, count: number): Uint8Array {
  const layers = Array.from({ length: count }, (_, i) =>
    buildTar([{ path: `srv/${i}`, body: `${i}`.repeat(1 + (i % 7)) }]),
  );
  return buildDockerArchive(layers, { name });
}
