/** A Debian package at the version of the published figures, without its epoch in file names. */
export interface PinnedPackage {
  readonly name: string;
  readonly version: string;
}

/** An image: the packages of each of its layers, lowest first. */
export interface ImageRecipe {
  readonly name: string;
  readonly layers: readonly (readonly string[])[];
}

/** An item of the store: the packages it unpacks, and the items it refers to. */
export interface ItemRecipe {
  readonly packages: readonly string[];
  readonly references: readonly string[];
}

/** The libc6 of the older base, under its own key, so that both versions can be named. */
export const OLD_LIBC = "libc6-old";
/** The package of the two-platform image. */
export const STATIC = "busybox-static";
export const STATIC_ARM = "busybox-static:arm64";

/** By the key that recipes use. */
export const PACKAGES: Readonly<Record<string, PinnedPackage>> = {
  "base-files": { name: "base-files", version: "13.8+deb13u8" },
  busybox: { name: "busybox", version: "1:1.37.0-6+b9" },
  [STATIC]: { name: STATIC, version: "1:1.37.0-6+b9" },
  [STATIC_ARM]: { name: STATIC_ARM, version: "1:1.37.0-6+b9" },
  "gcc-14-base": { name: "gcc-14-base", version: "14.2.0-19" },
  libc6: { name: "libc6", version: "2.41-12+deb13u5" },
  [OLD_LIBC]: { name: "libc6", version: "2.41-12+deb13u4" },
  "libgcc-s1": { name: "libgcc-s1", version: "14.2.0-19" },
  libreadline8t64: { name: "libreadline8t64", version: "8.2-6" },
  "libsqlite3-0": { name: "libsqlite3-0", version: "3.46.1-7+deb13u2" },
  libtinfo6: { name: "libtinfo6", version: "6.5+20250216-2" },
  "lua5.4": { name: "lua5.4", version: "5.4.7-1+b2" },
  mawk: { name: "mawk", version: "1.3.4.20250131-1" },
  netbase: { name: "netbase", version: "6.5" },
  "readline-common": { name: "readline-common", version: "8.2-6" },
  sqlite3: { name: "sqlite3", version: "3.46.1-7+deb13u2" },
  zlib1g: { name: "zlib1g", version: "1:1.3.dfsg+really1.3.1-1+deb13u1" },
};

const base = (libc: string) => ["gcc-14-base", "libgcc-s1", libc, "mawk", "base-files", "netbase", "busybox"];
const SQLITE = ["readline-common", "libtinfo6", "libreadline8t64", "libsqlite3-0", "zlib1g", "sqlite3"];
const LUA = ["readline-common", "libtinfo6", "libreadline8t64", "lua5.4"];

/** Two bases, and the same software above them in two orders: what layers share, and what they do not. */
export const IMAGES: readonly ImageRecipe[] = [
  { name: "m-base", layers: [base("libc6")] },
  { name: "m-base-old", layers: [base(OLD_LIBC)] },
  { name: "m-sqlite", layers: [base("libc6"), SQLITE] },
  { name: "m-lua", layers: [base("libc6"), LUA] },
  { name: "m-sqlite-lua", layers: [base("libc6"), SQLITE, ["lua5.4"]] },
  { name: "m-lua-sqlite", layers: [base("libc6"), LUA, ["libsqlite3-0", "zlib1g", "sqlite3"]] },
  { name: "m-old-sqlite", layers: [base(OLD_LIBC), SQLITE] },
];

/** The images of `docker-save-multi.tar.gz`. */
export const SAVED_IMAGES = ["m-base", "m-sqlite", "m-lua-sqlite"];

/** libc6 and libgcc-s1 need each other, and a store has no cycles: they are one item. */
export function libcItem(libc: string): string {
  return `${libc}-libgcc-s1`;
}

/** The items of a store with the packages above, one set for each libc6: a store path is a hash of all its dependencies. */
export function listItems(libc: string): Record<string, ItemRecipe> {
  const c = libcItem(libc);
  const single = (name: string, ...references: string[]) => ({ [name]: { packages: [name], references } });
  return {
    ...single("gcc-14-base"),
    [c]: { packages: [libc, "libgcc-s1"], references: ["gcc-14-base"] },
    ...single("mawk", c),
    ...single("base-files", "mawk"),
    ...single("netbase"),
    ...single("busybox", c),
    ...single("readline-common"),
    ...single("libtinfo6", c),
    ...single("libreadline8t64", "readline-common", c, "libtinfo6"),
    ...single("libsqlite3-0", c),
    ...single("zlib1g", c),
    ...single("sqlite3", "libreadline8t64", "libsqlite3-0", c, "zlib1g"),
    ...single("lua5.4", "libreadline8t64", c),
  };
}
