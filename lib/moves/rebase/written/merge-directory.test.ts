import { expect, it } from "vitest";
import { buildRebaseSides } from "#testing/builders/rebase-sides.ts";
import { directory } from "#testing/planted/small-bases.ts";
import { checkWritten } from "../check-written.ts";

type Given = Parameters<typeof directory>[1];

async function check(old: Given, now: Given, upper: Given) {
  const layers = (given: Given) => ({ layers: [[directory("srv", given)]] });
  const { findings, merged } = checkWritten(
    await buildRebaseSides({ oldBase: layers(old), newBase: layers(now), image: layers(upper) }),
  );
  return { weights: findings.map(({ kind, weight }) => `${kind} ${weight}`), merged };
}

const XATTR = (value: string) => ({ "SCHILY.xattr.user.a": value });

it("takes what the new base changed of a directory that the image lists as it was", async () => {
  const { weights, merged } = await check({}, { mode: 0o700, uid: 5, mtime: 8 }, {});
  expect(weights).toEqual(["attributes-hidden merges"]);
  expect(merged).toEqual([
    { kind: "directory", path: "srv", mode: 0o700, uid: 5, gid: 0, mtime: 8, xattrs: new Map() },
  ]);
});

it("merges what each side changed by itself", async () => {
  const { merged } = await check({ pax: XATTR("1") }, { pax: XATTR("2") }, { pax: XATTR("1"), uid: 7 });
  expect(merged).toMatchObject([{ uid: 7, mode: 0o755, xattrs: new Map([["user.a", "2"]]) }]);
});

it("leaves it to a build if both changed the same", async () => {
  const { weights, merged } = await check({}, { mode: 0o700 }, { mode: 0o777 });
  expect([weights, merged]).toEqual([["attributes-hidden blocks"], []]);
});

it("keeps what the image alone changed", async () => {
  expect(await check({}, {}, { mode: 0o777 })).toEqual({ weights: [], merged: [] });
});
