import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { machineKey, readProgramFacts } from "#lib/formats/program-facts/index.ts";
import { toListing } from "#lib/model/layer-listing.ts";
import { readRange } from "#lib/sources/file-range.ts";
import { canRunLinker, listWithLinker } from "#testing/run/linker.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { isDocument } from "../layers/documents.ts";
import { scanLayer } from "../layers/scan-layer.ts";
import { squash } from "../squash/squash.ts";
import { Discovery } from "./discovery.ts";
import { LibrarySearch } from "./library-search.ts";
import { addLinkedEdges } from "./observed-edges.ts";
import { listPrograms } from "./programs.ts";

/** Files compared in the suite; all of them in a long run. */
const SAMPLE = 120;
const X86_64 = 62;
const LAYOUT = sharedData("fleet-apt/oci-zstd");
const isLong = process.env.STRATIGRAPH_LONG !== undefined;
const hasMmdebstrap = spawnSync("mmdebstrap", ["--version"]).error === undefined;
/** A system of more than 250 MB. */
const PACKAGES = "ca-certificates,python3,git,gcc,nginx";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "stratigraph-linker-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The layers of the image of that name. */
function listLayers(layout: string, name: string): string[] {
  const read = (file: string) => JSON.parse(readFileSync(join(layout, file), "utf8"));
  const blob = (digest: string) => join("blobs/sha256", digest.slice("sha256:".length));
  const found = read("index.json").manifests.find(
    ({ annotations }: { annotations: Record<string, string> }) =>
      annotations["org.opencontainers.image.ref.name"] === name,
  );
  return read(blob(found.digest)).layers.map(({ digest }: { digest: string }) => join(layout, blob(digest)));
}

async function openTree(layers: readonly string[]) {
  const read = layers.map((file) => readRange({ file, offset: 0, length: statSync(file).size }));
  const scans = await Promise.all(read.map((bytes) => scanLayer(bytes, { isDocument })));
  expect(scans.flatMap(({ problems }) => problems)).toEqual([]);
  const { tree } = squash(scans.map(toListing));
  return new Discovery(tree, { source: "test", command: [], diffIds: scans.map(({ diffId }) => diffId) });
}

/** Each need of each file, as `FILE NAME PLACE`, of the search and of ld.so; and their number. */
async function compare(layers: readonly string[], sample: number) {
  const discovery = await openTree(layers);
  const root = join(folder, "root");
  mkdirSync(root);
  for (const layer of layers) execFileSync("tar", ["-xf", layer, "-C", root, "--exclude=./dev/*", "--exclude=dev/*"]);
  const search = new LibrarySearch(discovery);
  const files = listPrograms(discovery);
  const step = Math.max(1, Math.floor(files.length / sample));
  const [ours, theirs]: [string[], string[]] = [[], []];
  for (const { node, facts } of files.filter((_, i) => i % step === 0)) {
    const read = readProgramFacts(facts);
    if (read?.kind !== "elf" || read.needs.machine !== X86_64 || read.needs.needed.length === 0) continue;
    const linked = listWithLinker(root, node.path);
    for (const name of linked === undefined ? [] : read.needs.needed) {
      const found = search.find({ node, needs: read.needs, key: machineKey(facts)! }, name);
      ours.push(`${node.path} ${name} ${found?.path}`);
      // The linker lists itself by its own path.
      const isItself = name.startsWith("ld-linux") && !linked!.has(name);
      theirs.push(`${node.path} ${name} ${isItself ? found?.path : linked!.get(name)}`);
    }
  }
  rmSync(root, { recursive: true, force: true });
  return { ours, theirs, files };
}

it.skipIf(LAYOUT === undefined)("no symbol version is missing in an image of nginx, nor a library", async () => {
  const discovery = await openTree(listLayers(LAYOUT!, "t-nginx"));
  const files = listPrograms(discovery);
  addLinkedEdges(discovery, files);
  const needed = files.flatMap(({ facts }) => {
    const read = readProgramFacts(facts);
    return read?.kind === "elf" ? read.needs.versionsNeeded : [];
  });
  expect(discovery.problems).toEqual([]);
  expect(needed.length).toBeGreaterThan(1000);
});

describe("each DT_NEEDED leads to the file that ld.so --list finds in a chroot", () => {
  it.skipIf(!canRunLinker || LAYOUT === undefined)("in an image of nginx", { timeout: 240_000 }, async () => {
    const { ours, theirs, files } = await compare(
      listLayers(LAYOUT!, "t-nginx"),
      isLong ? Number.POSITIVE_INFINITY : SAMPLE,
    );
    console.info(`${ours.length} needs of ${files.length} programs, libraries and scripts compared with ld.so`);
    expect(ours).toEqual(theirs);
    expect(ours.length).toBeGreaterThan(100);
  });

  it.skipIf(!canRunLinker || !isLong || !hasMmdebstrap)(
    "in a system of compilers and interpreters, for every file",
    { timeout: 1_200_000 },
    async () => {
      const tar = process.env.STRATIGRAPH_ROOT_TAR ?? join(folder, "root.tar");
      if (process.env.STRATIGRAPH_ROOT_TAR === undefined)
        execFileSync("mmdebstrap", ["--quiet", "--variant=minbase", `--include=${PACKAGES}`, "trixie", tar]);
      expect(statSync(tar).size).toBeGreaterThan(250e6);
      const { ours, theirs, files } = await compare([tar], Number.POSITIVE_INFINITY);
      console.info(`${ours.length} needs of ${files.length} programs, libraries and scripts compared with ld.so`);
      expect(ours).toEqual(theirs);
    },
  );
});
