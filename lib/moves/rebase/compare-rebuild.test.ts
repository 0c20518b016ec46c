import { expect, it } from "vitest";
import { buildRebaseSides, type TestImage } from "#testing/builders/rebase-sides.ts";
import { compareWithRebuild, withMergeLayer } from "./compare-rebuild.ts";
import { buildMergeLayer } from "./merge-layer.ts";

const STATUS = (version: string) =>
  `Package: a\nStatus: install ok installed\nArchitecture: all\nVersion: ${version}\n`;
const BASE = {
  layers: [
    [
      { path: "etc/", type: "5", mode: 0o755 },
      { path: "etc/motd", body: "hello", mtime: 1 },
      { path: "var/lib/dpkg/status", body: STATUS("1") },
    ],
  ],
  config: { Env: ["PATH=/bin", "LANG=C"], Cmd: ["sh"], Labels: { title: "base" } },
};

/** The same image as rebased and as rebuilt. */
async function compare(rebased: TestImage, rebuilt: TestImage, merged: Parameters<typeof buildMergeLayer>[0] = []) {
  const toSides = (newBase: TestImage) =>
    buildRebaseSides({ oldBase: newBase, newBase, image: { layers: [], config: newBase.config ?? {} } });
  const [ours, theirs] = await Promise.all([toSides(rebased), toSides(rebuilt)]);
  const tree = await withMergeLayer(ours.after, buildMergeLayer(merged, ours.after));
  const { newBase: about } = theirs.images;
  return compareWithRebuild(
    { tree, config: ours.configs.newBase.json },
    { about, config: theirs.configs.newBase, tree: theirs.newBase },
  );
}

function withLayer(members: TestImage["layers"][number], config: object = {}): TestImage {
  return { layers: [...BASE.layers, members], config: { ...BASE.config, ...config } };
}

it("finds nothing in equal images, whatever their layers and times", async () => {
  const other = withLayer([{ path: "etc/motd", body: "hello", mtime: 99 }], { Entrypoint: null, User: "" });
  const { rebuilt, parts } = await compare(BASE, other);
  expect(rebuilt.name).toBe("new");
  expect(parts).toEqual([
    { part: "files", equalCount: 7, differences: [] },
    { part: "packages", equalCount: 1, differences: [] },
    { part: "settings", equalCount: 4, differences: [] },
  ]);
});

it("names what differs of a path: type, content, mode, owner, link, attributes", async () => {
  const left = withLayer([
    { path: "a", body: "1", mode: 0o644, uid: 5 },
    { path: "b", type: "2", link: "x" },
    { path: "c", body: "" },
    { path: "d", body: "" },
    { path: "e", body: "", pax: { "SCHILY.xattr.user.x": "1" } },
  ]);
  const right = withLayer([
    { path: "a", body: "2", mode: 0o4755, uid: 6 },
    { path: "b", type: "2", link: "y" },
    { path: "c", type: "2", link: "d", uid: 7 },
    { path: "e", body: "" },
  ]);
  const [{ differences }] = (await compare(left, right)).parts as [
    Awaited<ReturnType<typeof compare>>["parts"][number],
  ];
  expect(differences.map(({ subject, field }) => `${subject} ${field}`)).toEqual([
    "/a owner",
    "/a mode",
    "/a content",
    "/b link",
    "/c type",
    "/d presence",
    "/e xattrs",
  ]);
  expect(differences[1]).toEqual({ subject: "/a", field: "mode", rebased: "644", rebuilt: "4755" });
  expect(differences[5]).toMatchObject({ rebased: "present", rebuilt: "" });
});

it("sees the merge layer in files and packages", async () => {
  const rebuilt = withLayer([{ path: "var/lib/dpkg/status", body: STATUS("2") }]);
  const [, before] = (await compare(BASE, rebuilt)).parts;
  expect(before!.differences).toEqual([{ subject: "deb a", field: "version", rebased: "1", rebuilt: "2" }]);
  const common = { kind: "file", mode: 0o644, uid: 0, gid: 0, mtime: 0, xattrs: new Map() } as const;
  const merged = [{ ...common, path: "var/lib/dpkg/status", body: Buffer.from(STATUS("2")) }];
  const { parts } = await compare(BASE, rebuilt, merged);
  expect(parts.flatMap(({ differences }) => differences)).toEqual([]);
});

it("compares settings by variable and label, but not those that name the base", async () => {
  const rebuilt = withLayer([], {
    Env: ["PATH=/usr/bin", "LANG=C", "EXTRA=1"],
    Labels: { title: "image", "org.opencontainers.image.base.name": "base" },
  });
  const { differences } = (await compare(BASE, rebuilt)).parts[2]!;
  expect(differences).toEqual([
    { subject: "Env EXTRA", field: "presence", rebased: "", rebuilt: "present" },
    { subject: "Env PATH", field: "value", rebased: "PATH=/bin", rebuilt: "PATH=/usr/bin" },
    { subject: "Labels title", field: "value", rebased: "base", rebuilt: "image" },
  ]);
});
