import { readFileSync, realpathSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";

const FIELDS = ["dependencies", "optionalDependencies", "peerDependencies"];

/**
 * What Node itself finds for everything that the packages in these directories ask for, as `FROM → TO`. The directories are relative
 * to the root, real paths; those for development count for the projects alone.
 */
export function listNodeEdges(root: string, packages: readonly string[], projects: readonly string[]): string[] {
  const edges = new Set<string>();
  for (const from of packages) {
    const file = join(root, from, "package.json");
    const manifest = JSON.parse(readFileSync(file, "utf8")) as Record<string, Record<string, string> | undefined>;
    const fields = projects.includes(from) ? [...FIELDS, "devDependencies"] : FIELDS;
    for (const name of new Set(fields.flatMap((field) => Object.keys(manifest[field] ?? {})))) {
      const to = findPackage(root, file, name);
      if (to !== undefined && to !== from && packages.includes(to)) edges.add(`${from} → ${to}`);
    }
  }
  return [...edges].sort();
}

function findPackage(root: string, file: string, name: string): string | undefined {
  try {
    const found = findPackageJSON(name, pathToFileURL(file));
    return found === undefined ? undefined : relative(root, realpathSync(dirname(found)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}
