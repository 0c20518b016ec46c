import { expect, it } from "vitest";
import type { Digest } from "#lib/model/digest.ts";
import { buildRebaseSides, type TestImage } from "#testing/builders/rebase-sides.ts";
import { file, MERGED_USR } from "#testing/planted/small-bases.ts";
import { checkBase } from "./check-base.ts";

const DIGEST = `sha256:${"a".repeat(64)}` as Digest;
const CLAIM = { name: "", digest: DIGEST, claimedBy: DIGEST, statedBy: "image" as const };

async function check(image: TestImage & { onto?: false }, platform = "linux/amd64") {
  const sides = await buildRebaseSides({
    oldBase: { layers: [MERGED_USR], about: { digest: DIGEST } },
    newBase: { layers: [[file("etc/motd", "")]], about: { platform } },
    image,
  });
  return checkBase(sides).findings.map(({ kind, weight, path }) => [kind, weight, path]);
}

it("finds nothing for equal layers, and a note for a base that was stored anew with equal files", async () => {
  const anew = MERGED_USR.map((member) => ({ ...member, mtime: 5 }));
  expect(await check({ layers: [[file("a", "")]] })).toEqual([]);
  const claimed = { onto: false, layers: [anew, [file("a", "")]], about: { baseClaims: [CLAIM] } } as const;
  expect(await check(claimed)).toEqual([["base-by-claim", "note", ""]]);
});

it("blocks another base, a claim that files contradict, and another platform", async () => {
  const other = [...MERGED_USR, file("etc/more", "")];
  expect(await check({ onto: false, layers: [other] })).toEqual([["base-differs", "blocks", ""]]);
  const claimed = { onto: false, layers: [other], about: { baseClaims: [CLAIM] } } as const;
  expect(await check(claimed)).toEqual([["base-by-claim", "blocks", "etc/more"]]);
  expect(await check({ layers: [] }, "linux/arm64")).toEqual([["platform-missing", "blocks", ""]]);
});
