import { describe, expect, it } from "vitest";
import { buildElf } from "#testing/builders/elf.ts";
import type { TreeEntry } from "#testing/builders/file-tree.ts";
import { viewPackages } from "#testing/builders/packages.ts";

const HASHES = ["0", "1", "2", "3", "4"].map((digit) => digit.repeat(32));
const [APP, GLIBC, HUB, CONFIG, BASH] = HASHES.map(
  (hash, i) => `${hash}-${["app-2.1", "glibc-2.40-66", "hub", "app.conf", "bash-5.2"][i]}`,
) as [string, string, string, string, string];

function view(
  entries: Readonly<Record<string, TreeEntry>>,
  store = "nix/store",
  command: readonly string[] = [],
  path?: string,
) {
  const inStore = ([name, entry]: [string, TreeEntry]) => [
    name.startsWith("/") ? name.slice(1) : `${store}/${name}`,
    entry,
  ];
  return viewPackages(Object.fromEntries(Object.entries(entries).map(inStore)), command, path);
}

describe("store items in an image", () => {
  it.each(["nix/store", "gnu/store"])(
    "of %s are components with their store path, and own the tree under it",
    (store) => {
      const image = view(
        { [`${APP}/bin/app`]: "12345", [CONFIG]: "123", [`${CONFIG}.lock`]: "", ".links/x": "1" },
        store,
      );
      expect(image.found.components.slice(0, 2)).toEqual([
        { kind: "store", name: "app", version: "2.1", identity: `/${store}/${APP}`, instancePath: "" },
        { kind: "store", name: "app.conf", version: "", identity: `/${store}/${CONFIG}`, instancePath: "" },
      ]);
      expect([image.selfSizeOf("app@2.1"), image.selfSizeOf("app.conf@"), image.selfSizeOf("unowned@0")]).toEqual([
        5, 3, 1,
      ]);
      expect(image.ownerOf(`${store}/${CONFIG}.lock`)).toBe("app.conf@");
    },
  );

  it("refer to the items whose hash parts are in their files, links and file names, and never to themselves", () => {
    const image = view({
      [`${APP}/bin/app`]: `\0${HASHES[1]}\0 ${HASHES[0]}`,
      [`${APP}/etc/conf`]: { symlink: `../../${CONFIG}` },
      [`${APP}/units/${HUB}.service`]: "",
      [`${GLIBC}/lib/libc.so.6`]: "9".repeat(32),
      [`${HUB}/x`]: "",
      [CONFIG]: "",
    });
    expect(image.edges).toEqual([
      `app@2.1 → hub@ [nix/store/${APP}/units/${HUB}.service names ${HUB}]`,
      `app@2.1 → app.conf@ [nix/store/${APP}/etc/conf names ${CONFIG}]`,
      `app@2.1 → glibc@2.40-66 [nix/store/${APP}/bin/app names ${GLIBC}]`,
    ]);
  });

  it("refer through a file that several items share by a hard link", () => {
    const image = view({
      [`${APP}/a`]: HASHES[1]!,
      [`${HUB}/a`]: { hardLink: `nix/store/${APP}/a` },
      [`${GLIBC}/x`]: "",
    });
    expect(image.edges.map((edge) => edge.replace(/ \[.*/, ""))).toEqual([
      "app@2.1 → glibc@2.40-66",
      "hub@ → glibc@2.40-66",
    ]);
  });

  it("have no other edge between them, whatever a linker or a shell would find", () => {
    const image = view({
      [`${APP}/bin/app`]: buildElf({ type: 2, needed: ["libhub.so"], interpreter: "" }),
      [`${HUB}/lib/libhub.so`]: buildElf({ soname: "libhub.so" }),
      "/lib": { symlink: `nix/store/${HUB}/lib` },
    });
    expect(image.edges).toEqual([]);
  });

  it("that are named by the command, the PATH, or links outside the store are roots", () => {
    const image = view(
      {
        [`${APP}/bin/app`]: "1",
        [`${GLIBC}/x`]: "1",
        [`${HUB}/bin/hub`]: "1",
        [`${BASH}/bin/sh`]: "1",
        [CONFIG]: "1",
        "/bin": { symlink: `/nix/store/${BASH}/bin` },
      },
      "nix/store",
      [`/nix/store/${APP}/bin/app`, `--config=/nix/store/${CONFIG}`],
      `/nix/store/${HUB}/bin:/bin`,
    );
    expect(image.rootReasons).toEqual({
      "app@2.1": "entrypoint",
      "app.conf@": "entrypoint",
      "hub@": "named",
      "bash@5.2": "named",
    });
  });

  it("keep what other package managers describe inside them, and their store's database is a part of it", () => {
    const image = view({
      [`${APP}/lib/node_modules/x/package.json`]: '{"name":"x","version":"1"}',
      [`${HUB}/lib/python3.12/site-packages/y-1.dist-info/METADATA`]: "Name: y\nVersion: 1\n",
      "/nix/var/nix/db/db.sqlite": "1234",
    });
    expect(image.names).toEqual(["app@2.1", "hub@", "Nix database"]);
    expect(image.selfSizeOf("Nix database")).toBe(4);
  });
});
