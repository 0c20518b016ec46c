import { readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { InstalledPackage } from "./installed-packages.ts";

/** One entry of a layer to be written. `body` is its bytes, or the file with them; a folder has none. */
export interface LayerEntry {
  /** Relative to the root, without a leading `/`. */
  readonly path: string;
  readonly kind: "file" | "directory";
  readonly executable: boolean;
  readonly body?: Uint8Array | { readonly file: string };
}

export const APPLICATION_FOLDER = "app";

/** The files of installed packages, at their paths in an application under /app. Nested packages are separate. */
export function listPackageEntries(root: string, packages: Iterable<InstalledPackage>): LayerEntry[] {
  const entries: LayerEntry[] = [];
  for (const { path } of packages) {
    for (const file of listFiles(join(root, path))) {
      entries.push(fileEntry(`${APPLICATION_FOLDER}/${path}/${file}`, join(root, path, file)));
    }
  }
  return withFolders(entries);
}

/** A whiteout (image-spec `layer.md#whiteouts`) of each package's folder. */
export function listWhiteouts(packages: Iterable<InstalledPackage>): LayerEntry[] {
  const entries = [...packages].map(({ path }) => ({
    path: `${APPLICATION_FOLDER}/${dirname(path)}/.wh.${basename(path)}`,
    kind: "file" as const,
    executable: false,
    body: new Uint8Array(0),
  }));
  return withFolders(entries);
}

export function fileEntry(path: string, file: string): LayerEntry {
  return { path, kind: "file", executable: (statSync(file).mode & 0o111) !== 0, body: { file } };
}

export function textEntry(path: string, text: string): LayerEntry {
  return { path, kind: "file", executable: false, body: Buffer.from(text) };
}

/** Entries in the order of their names, each folder before its contents: the same on every machine. */
export function withFolders(entries: readonly LayerEntry[]): LayerEntry[] {
  const folders = new Set<string>();
  for (const { path } of entries) {
    for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) folders.add(folder);
  }
  const made = [...folders].map((path) => ({ path, kind: "directory" as const, executable: false }));
  return [...made, ...entries].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "node_modules") return [];
    if (entry.isDirectory()) return listFiles(join(folder, entry.name)).map((file) => `${entry.name}/${file}`);
    return entry.isFile() ? [entry.name] : [];
  });
}
