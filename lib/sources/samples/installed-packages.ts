import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isObject } from "#lib/formats/json/index.ts";

/** One installed npm package. */
export interface InstalledPackage {
  /** Path of its folder relative to the folder with node_modules: `node_modules/pg`. */
  readonly path: string;
  readonly version: string;
  readonly dependencies: readonly string[];
}

/**
 * The packages of these names under `root`/node_modules with everything they depend on, by path: dependencies, and the installed
 * peer and optional ones. Resolved as in Node (nodejs.org/api/modules.html, "Loading from node_modules folders").
 */
export function findPackageClosure(root: string, names: readonly string[]): ReadonlyMap<string, InstalledPackage> {
  const found = new Map<string, InstalledPackage>();
  const waiting = names.map((name) => `node_modules/${name}`);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue;
    const installed = readPackage(root, path);
    found.set(path, installed);
    for (const name of installed.dependencies) {
      const resolved = resolvePackage(root, path, name);
      if (resolved !== undefined) waiting.push(resolved);
    }
  }
  return found;
}

function readPackage(root: string, path: string): InstalledPackage {
  const manifest: unknown = JSON.parse(readFileSync(join(root, path, "package.json"), "utf8"));
  if (!isObject(manifest)) throw new Error(`${path}/package.json is not an object`);
  const optionalPeers = isObject(manifest.peerDependenciesMeta) ? Object.keys(manifest.peerDependenciesMeta) : [];
  const peers = keysOf(manifest.peerDependencies).filter((name) => !optionalPeers.includes(name));
  return {
    path,
    version: String(manifest.version),
    dependencies: [...keysOf(manifest.dependencies), ...keysOf(manifest.optionalDependencies), ...peers],
  };
}

/** Looks in the dependant's own node_modules, then in each above it. */
function resolvePackage(root: string, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = folder === "." ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (existsSync(join(root, path, "package.json"))) return path;
    if (folder === ".") return undefined;
  }
}

function keysOf(value: unknown): string[] {
  return isObject(value) ? Object.keys(value) : [];
}
