import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Package } from "./packages.ts";
import { IMAGES, type ImageRecipe, type ItemRecipe, libcItem, listItems, OLD_LIBC } from "./recipe.ts";
import { run } from "./tools.ts";

/** A finished store, with its paths by name. */
export interface BuiltStore {
  /** The directory that contains `nix/store` and `nix/var`. */
  readonly root: string;
  /** Store paths of the images' closures, by image. */
  readonly images: ReadonlyMap<string, string>;
}

interface Item extends ItemRecipe {
  readonly name: string;
  /** The version as in a store path: without an epoch. */
  readonly version: string;
}

/** Images in no profile: the garbage collector would delete them. */
const DEAD_IMAGES = new Set(["m-lua-sqlite"]);

/**
 * The same packages as items of a separate Nix store under `root`. Nix instantiates the derivations, which gives the paths,
 * and registers the files, with the hashes and sizes that it computes.
 */
export function buildStore(packages: ReadonlyMap<string, Package>, root: string): BuiltStore {
  const roots = IMAGES.map((image) => [`image:${image.name}`, toImageItem(image)] as const);
  const used = new Set(roots.flatMap(([, { references }]) => references));
  const items = [...listAll(packages, "libc6"), ...listAll(packages, OLD_LIBC)].filter(([key]) => used.has(key));
  const all = new Map<string, Item>([...items, ...roots]);
  const paths = instantiate(all, root);
  for (const [key, item] of all) fill(join(root, paths.get(key)!), { item, packages, paths });
  register(all, paths, root);
  const images = new Map(IMAGES.map(({ name }) => [name, paths.get(`image:${name}`)!]));
  for (const [name, path] of images) if (!DEAD_IMAGES.has(name)) linkProfile(root, name, path);
  return { root, images };
}

export function nix(root: string, program: string, ...args: string[]): string {
  const store = `local?root=${root}`;
  const experimental = program === "nix" ? ["--extra-experimental-features", "nix-command"] : [];
  const env = { HOME: join(root, "home"), NIX_CONFIG: "substituters =\nsandbox = false" };
  return run(program, [...experimental, ...args, "--store", store], env);
}

/** Items by a key that includes their libc6; references are such keys. */
function listAll(packages: ReadonlyMap<string, Package>, libc: string): [string, Item][] {
  return Object.entries(listItems(libc)).map(([name, recipe]) => {
    const [first] = recipe.packages;
    const version = packages.get(first!)!.version.replace(/^\d+:/, "");
    const references = recipe.references.map((reference) => keyOf(reference, libc));
    return [keyOf(name, libc), { ...recipe, references, name: name.replace(OLD_LIBC, "libc6"), version }];
  });
}

/** Items that depend on no libc6 are the same item with either. */
function keyOf(name: string, libc: string): string {
  const items = listItems(libc);
  const reaches = (each: string): boolean => each === libcItem(libc) || items[each]!.references.some(reaches);
  return libc === OLD_LIBC && reaches(name) ? `old:${name}` : name;
}

/** An image refers to the items of all its packages. */
function toImageItem({ name, layers }: ImageRecipe): Item {
  const keys = new Set(layers.flat());
  const libc = keys.has(OLD_LIBC) ? OLD_LIBC : "libc6";
  const names = Object.entries(listItems(libc)).filter(([, { packages }]) => packages.some((each) => keys.has(each)));
  const references = names.map(([each]) => keyOf(each, libc));
  return { packages: [], references, name: `image-${name}`, version: "" };
}

/** Writes the derivations into the store; returns the path of each item's output. */
function instantiate(items: ReadonlyMap<string, Item>, root: string): Map<string, string> {
  mkdirSync(root, { recursive: true });
  const file = join(root, "items.nix");
  const entries = [...items].map(([key, { name, version, references }]) => {
    const full = [name, version]
      .filter((part) => part !== "")
      .join("-")
      .replaceAll("~", "_");
    const inputs = references.map((reference) => `all.${JSON.stringify(reference)}`);
    return `${JSON.stringify(key)} = make ${JSON.stringify(full)} [ ${inputs.join(" ")} ];`;
  });
  const make = 'name: inputs: derivation { inherit name inputs; system = "x86_64-linux"; builder = "/bin/sh"; }';
  writeFileSync(file, `let make = ${make}; all = { ${entries.join("\n")} }; in all`);
  // In a set, Nix instantiates only attributes whose names are plain words.
  nix(root, "nix-instantiate", "-E", `builtins.attrValues (import ${file})`);
  return evaluate(root, `builtins.mapAttrs (key: item: item.outPath) (import ${file})`);
}

/** An attribute set of strings. */
function evaluate(root: string, expression: string): Map<string, string> {
  const json = nix(root, "nix-instantiate", "--eval", "--strict", "--json", "-E", expression);
  return new Map(Object.entries(JSON.parse(json) as Record<string, string>));
}

/** Puts an item's files at its path: those of its packages, and a list of its references. */
function fill(
  path: string,
  {
    item,
    packages,
    paths,
  }: {
    readonly item: Item;
    readonly packages: ReadonlyMap<string, Package>;
    readonly paths: ReadonlyMap<string, string>;
  },
): void {
  const references = item.references.map((key) => paths.get(key)!);
  mkdirSync(path, { recursive: true });
  if (item.packages.length === 0) {
    writeFileSync(join(path, "manifest"), `${references.join("\n")}\n`);
    return;
  }
  for (const key of item.packages) run("cp", ["-a", `${packages.get(key)!.tree}/.`, path]);
  mkdirSync(join(path, "nix-support"));
  writeFileSync(join(path, "nix-support/propagated-build-inputs"), `${references.join(" ")}\n`);
}

/** Registers each path with Nix: hash and size as Nix's own tools compute them, references, and derivation. */
function register(items: ReadonlyMap<string, Item>, paths: ReadonlyMap<string, string>, root: string): void {
  const derivers = `builtins.mapAttrs (key: item: item.drvPath) (import ${join(root, "items.nix")})`;
  const drvs = evaluate(root, derivers);
  const lines = [...items].flatMap(([key, { references }]) => {
    const path = paths.get(key)!;
    const hash = run("nix-hash", ["--type", "sha256", join(root, path)]).trim();
    const narSize = run("sh", ["-c", 'nix-store --dump "$0" | wc -c', join(root, path)]).trim();
    return [path, hash, narSize, drvs.get(key)!, references.length, ...references.map((each) => paths.get(each)!)];
  });
  const list = join(root, "registration");
  writeFileSync(list, `${lines.join("\n")}\n`);
  run("sh", ["-c", 'exec nix-store --store "local?root=$0" --load-db < "$1"', root, list], {
    HOME: join(root, "home"),
  });
}

function linkProfile(root: string, name: string, path: string): void {
  const link = join(root, "nix/var/nix/profiles", `${name}-1-link`);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(path, link);
}
