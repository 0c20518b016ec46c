import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zstdDecompressSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { CYCLONEDX_1_5 } from "#testing/builders/sboms.ts";
import { runCli } from "#testing/run/run-cli.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";
import { answerFocus } from "./focus.ts";

const NIX = sharedData("nix/nixpkgs-15.09-drv/db.sqlite.zst");
const APT = sharedData("fleet-apt/oci-zstd");
const BASH = "/nix/store/dlfskmyc1b26ah89r7gh0agw9cnqr0sm-bash-4.3-p42.drv";
const AT_FIRST = { steps: 1, side: "both", trail: [] } as const;

const place = makeTestPlace();
const scan = (source: string, name: string) =>
  runCli(["scan", source, "--name", name], { databaseUrl: place.database.url });

async function focusOn(artifact: string, question: Partial<Parameters<typeof answerFocus>[2]>) {
  const { pool } = place.database;
  const { id } = await findArtifact(pool, artifact);
  const { middle, ...whole } = await answerFocus(pool, id, { ...AT_FIRST, ...question });
  return { ...whole, middle: middle! };
}

describe.skipIf(NIX === undefined || APT === undefined)("the answer on real graphs", () => {
  beforeAll(async () => {
    const folder = join(place.folder, "nix/var/nix/db");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "db.sqlite"), zstdDecompressSync(readFileSync(NIX!)));
    await scan(`nix-store:${place.folder}`, "nixpkgs");
    await scan(`oci:${APT}:t-nginx`, "t-nginx");
  });

  it("shows a hub of 3,627 referrers as ten rows and six classes", async () => {
    const { middle, nodeCount, rootCount } = await focusOn("nixpkgs", { node: BASH });
    expect([nodeCount, rootCount]).toEqual([4980, 123]);
    expect(middle).toMatchObject({ neededBy: 3627, reachingCount: 3628, rootCount: 121, needs: 47, reachedCount: 149 });
    expect(middle.up!.rows).toHaveLength(10);
    expect(middle.up!.rest).toMatchObject({ count: 3617, alike: [{ name: "bash43.drv", count: 42 }, {}, {}] });
    expect(middle.up!.rest!.classes.map(({ count }) => count)).toEqual([12, 96, 705, 2592, 212, 0]);
  });

  it("folds its patches into one family, and lists them", async () => {
    const listing = { part: "own", name: "bash43.drv", page: 0 } as const;
    const { middle } = await focusOn("nixpkgs", { node: BASH, listing });
    expect(middle.own!.rows.map(({ family }) => family?.count)).toEqual([42, undefined]);
    expect(middle.own!.rows[0]!.family).toMatchObject({ first: "001", last: "042", retainedSize: 95_088 });
    expect(middle.listing).toMatchObject({ count: 42, pageCount: 1 });
  });

  it("has the evidence of an image's edges, and marks what needs each other on both sides", async () => {
    const { middle, severalKinds } = await focusOn("t-nginx", { node: "nginx" });
    const libc = middle.shared!.rows.find(({ node }) => node.name === "libc6")!;
    const details = ["Depends: libc6 (>= 2.34)", "usr/sbin/nginx needs libc.so.6"];
    expect(libc).toMatchObject({ evidence: "observed", details });
    // Scripts lead to dpkg, and so to its database.
    expect(severalKinds).toBe(true);
    const { middle: gcc } = await focusOn("t-nginx", { node: "libgcc-s1" });
    const partners = [gcc.up!, gcc.shared!].map(({ rows }) => rows.filter(({ cycle }) => cycle));
    expect(partners.map((rows) => rows.map(({ node }) => node.name))).toEqual([["libc6"], ["libc6"]]);
  });
});

it("counts components where no bytes are known, and begins with the node that keeps most", async () => {
  writeFileSync(join(place.folder, "bom.json"), JSON.stringify(CYCLONEDX_1_5));
  await scan(`sbom:${join(place.folder, "bom.json")}`, "bom");
  const { middle, unit, total, trail } = await focusOn("bom", { trail: [2, 9999] });
  expect([unit, total, middle.node.retainedSize, middle.keptCount]).toEqual(["components", 5, 5, 4]);
  expect(trail.map(({ nodeIndex }) => nodeIndex)).toEqual([2]);
});

it("refuses a node that is not there", async () => {
  await expect(focusOn("bom", { node: 9999 })).rejects.toThrow("node 9999 is out of range (0–4)");
});
