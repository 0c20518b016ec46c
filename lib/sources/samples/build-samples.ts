import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { findPackageClosure, type InstalledPackage } from "./installed-packages.ts";
import {
  APPLICATION_FOLDER,
  fileEntry,
  type LayerEntry,
  listPackageEntries,
  listWhiteouts,
  textEntry,
  withFolders,
} from "./layer-entries.ts";
import { SAMPLE_RECIPES, type SampleRecipe, type SampleStep } from "./recipes.ts";
import { type WrittenLayer, writeLayer } from "./write-layer.ts";
import { type PlacedLayer, type SampleImage, writeLayout } from "./write-layout.ts";

/** The folder with package.json and node_modules. */
const CHECKOUT = join(import.meta.dirname, "..", "..", "..");

/**
 * Three images of real software, for a machine without images: built once from the npm packages installed with Stratigraph, as an
 * OCI image layout in `dataDirectory`. Returns the layout's path, which never has a partial build.
 */
export async function buildSampleImages(dataDirectory: string, root = CHECKOUT): Promise<string> {
  const place = join(dataDirectory, "samples");
  if (existsSync(join(place, "index.json"))) return place;
  mkdirSync(dataDirectory, { recursive: true });
  const unfinished = mkdtempSync(`${place}.unfinished-`);
  try {
    writeLayout(unfinished, await buildImages(unfinished, root));
    renameOrYield(unfinished, place);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return place;
}

/** Another process may have built them meanwhile: they are the same, and stay. */
function renameOrYield(unfinished: string, place: string): void {
  try {
    renameSync(unfinished, place);
  } catch (error) {
    if (!existsSync(join(place, "index.json"))) throw error;
  }
}

/** A layer of several images is written once. */
async function buildImages(folder: string, root: string): Promise<SampleImage[]> {
  const written = new Map<string, WrittenLayer>();
  const images: SampleImage[] = [];
  for (const recipe of SAMPLE_RECIPES) {
    const layers: PlacedLayer[] = [];
    for (const { createdBy, entries, key } of planLayers(root, recipe)) {
      const layer = written.get(key) ?? (await writeLayer(folder, entries()));
      written.set(key, layer);
      layers.push({ ...layer, createdBy });
    }
    images.push({ name: recipe.name, layers });
  }
  return images;
}

interface LayerPlan {
  /** Equal if the entries are equal. */
  readonly key: string;
  readonly createdBy: string;
  readonly entries: () => LayerEntry[];
}

function planLayers(root: string, recipe: SampleRecipe): LayerPlan[] {
  const present = new Map<string, InstalledPackage>();
  const removable = new Map<string, InstalledPackage>();
  return recipe.steps.map((step) => {
    const added = step.kind === "packages" ? addPackages(root, step.names, present) : [];
    if (step.kind === "packages" && step.dev) for (const each of added) removable.set(each.path, each);
    return planLayer(root, recipe, step, step.kind === "prune" ? [...removable.values()] : added);
  });
}

/** The packages, by path, that these names and their dependencies add to `present`; also adds them to `present`. */
function addPackages(
  root: string,
  names: readonly string[],
  present: Map<string, InstalledPackage>,
): InstalledPackage[] {
  const added = [...findPackageClosure(root, names).values()].filter(({ path }) => !present.has(path));
  for (const each of added) present.set(each.path, each);
  return added.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function planLayer(root: string, recipe: SampleRecipe, step: SampleStep, packages: InstalledPackage[]): LayerPlan {
  const key = `${step.kind} ${packages.map(({ path }) => path).join(" ")}`;
  switch (step.kind) {
    case "runtime":
      return { key, createdBy: "COPY node /usr/local/bin/node", entries: () => listRuntimeEntries(root) };
    case "packages":
      return {
        key,
        createdBy: `RUN npm install ${step.dev ? "--save-dev " : ""}${step.names.join(" ")}`,
        entries: () => listPackageEntries(root, packages),
      };
    case "prune":
      return { key, createdBy: "RUN npm prune --omit=dev", entries: () => listWhiteouts(packages) };
    case "application":
      return {
        key: `${key} ${recipe.name}`,
        createdBy: "COPY package.json server.js /app/",
        entries: () => listApplicationEntries(root, recipe),
      };
  }
}

function listRuntimeEntries(root: string): LayerEntry[] {
  const node = join(root, "node_modules", "node");
  return withFolders([
    fileEntry("usr/local/bin/node", join(node, "bin", "node")),
    fileEntry("usr/local/share/doc/node/README.md", join(node, "README.md")),
    textEntry("etc/passwd", "root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000::/app:/bin/sh\n"),
    textEntry("etc/group", "root:x:0:\nnode:x:1000:\n"),
  ]);
}

function listApplicationEntries(root: string, recipe: SampleRecipe): LayerEntry[] {
  const names = recipe.steps.flatMap((step) => (step.kind === "packages" && !step.dev ? step.names : [])).sort();
  const closure = findPackageClosure(root, names);
  const versions = names.map((name) => [name, closure.get(`node_modules/${name}`)?.version]);
  const manifest = { name: recipe.name, version: "1.0.0", private: true, dependencies: Object.fromEntries(versions) };
  return withFolders([
    textEntry(`${APPLICATION_FOLDER}/package.json`, `${JSON.stringify(manifest, null, 2)}\n`),
    textEntry(
      `${APPLICATION_FOLDER}/server.js`,
      `${names.map((name) => `require(${JSON.stringify(name)});`).join("\n")}\n`,
    ),
  ]);
}
