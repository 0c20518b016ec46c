import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { measureTree } from "./measure-images.ts";
import { type BuiltStore, nix } from "./store.ts";
import { runLines, sumOf } from "./tools.ts";

/** `nix path-info --json`: by path. */
type PathInfo = Record<string, { narSize: number; closureSize: number }>;

/** Writes the answers of Nix and `find` about a store into `folder`: its database, its cache, and the figures tests compare with. */
export function measureStore(store: BuiltStore, folder: string): void {
  const mini = join(folder, "mini-db");
  mkdirSync(mini, { recursive: true });
  const infos = JSON.parse(nix(store.root, "nix", "path-info", "--all", "--json", "--closure-size")) as PathInfo;
  const dead = nix(store.root, "nix-store", "--gc", "--print-dead")
    .split("\n")
    .filter((line) => line.startsWith("/nix/store/"));
  const writeLines = (name: string, lines: string[]) => writeFileSync(join(mini, name), `${lines.join("\n")}\n`);
  writeFileSync(join(mini, "nix-mini.path-info.all-S.json"), JSON.stringify(infos));
  writeLines("nix-mini.gc-dead.txt", dead.sort());
  writeLines("nix-mini.gc-roots.txt", listRoots(store.root));
  writeLines(
    "nix-mini.images.txt",
    [...store.images].map(([name, path]) => `${name} ${path}`),
  );
  writeFileSync(join(folder, "truth.store-vs-layers.json"), JSON.stringify(measureClosures(store, infos), null, 1));
  const to = `file://${join(folder, "cache-xz")}?compression=xz&write-nar-listing=true`;
  nix(
    store.root,
    "nix",
    "copy",
    "--no-check-sigs",
    "--from",
    `local?root=${store.root}`,
    "--to",
    to,
    ...store.images.values(),
  );
  // Nix has ended, so its log is part of the file.
  runLines("sqlite3", [join(store.root, "nix/var/nix/db/db.sqlite"), "PRAGMA wal_checkpoint(TRUNCATE)"]);
  copyFileSync(join(store.root, "nix/var/nix/db/db.sqlite"), join(mini, "db.sqlite"));
}

function listRoots(root: string): string[] {
  const profiles = join(root, "nix/var/nix/profiles");
  return runLines("find", [profiles, "-type", "l", "-printf", "/nix/var/nix/profiles/%P -> %l\n"]).sort();
}

function measureClosures({ root, images }: BuiltStore, infos: PathInfo): object {
  const union: string[] = [];
  const closures = [...images].map(([name, path]) => {
    const paths = nix(root, "nix-store", "--query", "--requisites", path)
      .split("\n")
      .filter((line) => line !== "");
    union.push(...paths);
    const { files, bytes, unique } = measurePaths(root, paths);
    const nar = sumOf(paths, (each) => infos[each]!.narSize);
    return [
      name,
      { root: path, paths: paths.length, nar, files, filebytes: bytes, unique_filebytes: unique.bytes },
    ] as const;
  });
  const { files, bytes, unique } = measurePaths(root, union);
  const store = [...new Set(union)];
  return {
    totals: {
      images: images.size,
      path_refs: union.length,
      store_paths: store.length,
      store_nar: sumOf(store, (path) => infos[path]!.narSize),
      store_files: files,
      store_filebytes: bytes,
      store_unique_files: unique.files,
      store_unique_filebytes: unique.bytes,
    },
    images: Object.fromEntries(closures),
  };
}

/** Regular files of store paths, each path once, and their distinct contents. */
function measurePaths(root: string, paths: readonly string[]) {
  const bodies = new Map<string, number>();
  const trees = [...new Set(paths)].map((path) => measureTree(join(root, path), bodies));
  return {
    files: sumOf(trees, (tree) => tree.files),
    bytes: sumOf(trees, (tree) => tree.bytes),
    unique: { files: bodies.size, bytes: sumOf(bodies.values(), (size) => size) },
  };
}
