import { expect, it } from "vitest";
import type { Digest } from "#lib/model/digest.ts";
import { EntryKind } from "#lib/model/layer.ts";
import { buildRebaseSides } from "#testing/builders/rebase-sides.ts";
import type { TarMember } from "#testing/builders/tar.ts";

const OLD: readonly TarMember[] = [
  { path: "etc/", type: "5", mode: 0o755 },
  { path: "etc/passwd", body: "root:x:0:0::/:/bin/sh\n" },
  {
    path: "bin/sh",
    body: "old",
    mode: 0o755,
    pax: { "SCHILY.xattr.security.capability": new Uint8Array([1, 0, 0xff]) },
  },
  { path: "bin/dash", type: "1", link: "bin/sh" },
];
const NEW: readonly TarMember[] = [{ path: "bin/sh", body: "new", mode: 0o4755, uid: 7, gid: 8, mtime: 1234 }];
const UPPER: readonly TarMember[] = [
  { path: "etc/.wh.passwd" },
  { path: "srv/.wh..wh..opq" },
  { path: "srv/app", body: "app", pax: { "LIBARCHIVE.xattr.user.a%3Ab": "dmFsdWU=" } },
];

it("gives four trees, and the entries of the image's own layers with whiteouts", async () => {
  const sides = await buildRebaseSides({
    oldBase: { layers: [OLD] },
    newBase: { layers: [NEW, [{ path: "etc/passwd", body: "" }]] },
    image: { layers: [UPPER] },
  });
  const { before, after, newBase, oldBase, upper } = sides;
  expect(sides.base).toMatchObject({ by: "layers", differing: [] });
  expect([sides.oldBaseLayers, sides.newBaseLayers]).toEqual([1, 2]);
  expect(upper.map(({ path, kind, layer }) => [path, kind, layer])).toEqual([
    ["etc/passwd", EntryKind.whiteout, 1],
    ["srv", EntryKind.opaqueWhiteout, 1],
    ["srv/app", EntryKind.file, 1],
  ]);
  expect(upper[2]?.xattrs).toEqual(new Map([["user.a:b", "value"]]));
  expect([before.lookup("etc/passwd"), after.lookup("etc/passwd")]).toEqual([undefined, undefined]);
  expect(newBase.entryOf(newBase.lookup("bin/sh")!)).toMatchObject({ mode: 0o4755, uid: 7, gid: 8, mtime: 1234 });
  expect(after.entryOf(after.lookup("srv/app")!)).toMatchObject({ layer: 2, byteCount: 3 });
  expect(after.entryOf(after.lookup("srv")!)).toBeUndefined();
  expect(Buffer.from(oldBase.document(oldBase.lookup("etc/passwd")!)!).toString()).toMatch(/^root:/);
});

it("gives a hard link the attributes of its body, and xattrs byte for byte", async () => {
  const { oldBase } = await buildRebaseSides({
    oldBase: { layers: [OLD] },
    newBase: { layers: [NEW] },
    image: { layers: [] },
  });
  const link = oldBase.entryOf(oldBase.lookup("bin/dash")!)!;
  expect(link).toMatchObject({ path: "bin/dash", kind: EntryKind.file, mode: 0o755, byteCount: 3 });
  expect(link.xattrs.get("security.capability")).toBe("\x01\0\xff");
});

it("finds the base by a claim when its layers were stored anew, and says which paths differ", async () => {
  const digest = `sha256:${"a".repeat(64)}` as Digest;
  const baseClaims = [{ name: "base", digest, claimedBy: digest, statedBy: "provenance" as const }];
  const rebuilt = OLD.map((member) => ({ ...member, mtime: 99 }));
  const build = (lowest: readonly TarMember[]) =>
    buildRebaseSides({
      oldBase: { layers: [OLD], about: { digest } },
      newBase: { layers: [NEW] },
      image: { onto: false, layers: [lowest, UPPER], about: { baseClaims } },
    });
  const same = await build(rebuilt);
  expect(same.base).toMatchObject({ by: "provenance", differing: [] });
  expect(same.upper.every(({ layer }) => layer === 1)).toBe(true);
  const other = await build([...rebuilt, { path: "bin/other", body: "" }]);
  expect(other.base).toMatchObject({ by: "provenance", differing: ["bin/other"] });
});

it("says that the layers are of another image if no claim names the base", async () => {
  const { base, oldBaseLayers } = await buildRebaseSides({
    oldBase: { layers: [OLD, NEW] },
    newBase: { layers: [NEW] },
    image: { onto: false, layers: [OLD, UPPER] },
  });
  expect([base.by, oldBaseLayers]).toEqual(["none", 1]);
});
