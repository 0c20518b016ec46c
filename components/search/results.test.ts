import { expect, it } from "vitest";
import { firstGroups, resultGroups } from "./results.ts";

const DIGEST = `sha256:${"ab".repeat(32)}`;
const NOTHING = { artifacts: [], digests: [], files: { rows: [], truncated: false }, nodes: [] };
const HASH = "0".repeat(32);

it("lists only groups with rows, artifacts first", () => {
  const groups = resultGroups({
    ...NOTHING,
    artifacts: [{ digest: DIGEST, name: "shop/app:1", kind: "image", bytes: 2048 }],
    files: {
      rows: [{ path: "etc/os-release", bytes: 3, artifactDigest: DIGEST, artifactName: "shop/app:1" }],
      truncated: true,
    },
  });
  expect(groups.map(({ heading, rows }) => [heading, rows.map(({ text, detail }) => `${text} ${detail}`)])).toEqual([
    ["Images, closures and SBOMs", ["shop/app:1 image · 2.0 KiB"]],
    ["Files, in the newest images", ["/etc/os-release shop/app:1 · 3 B"]],
  ]);
});

it("names the layer of a digest and the number of artifacts with it", () => {
  const digests = [
    { what: "diffID" as const, digest: DIGEST, artifactDigest: DIGEST, artifactName: "a", layer: 2, artifactCount: 3 },
  ];
  const [row] = resultGroups({ ...NOTHING, digests })[0]!.rows;
  expect(row!.detail).toBe("DiffID in a, layer 2, in 3 artifacts");
  expect(row!.href).toBe("/artifacts/abababababab/layers/2");
});

it("tells two store items of one name apart by their hash", () => {
  const node = {
    kind: "store" as const,
    name: "libc",
    version: "2.40",
    nodeIndex: 0,
    artifactCount: 1,
    retainedSize: 1,
  };
  const item = { ...node, id: `/nix/store/${HASH}-libc-2.40`, artifactDigest: DIGEST, artifactName: "a" };
  expect(resultGroups({ ...NOTHING, nodes: [item] })[0]!.rows[0]!.version).toBe("2.40 000000000000");
});

it("offers pages first, and actions where an artifact is on the page", () => {
  const headings = (pathname: string) => firstGroups([], pathname).map(({ heading }) => heading);
  expect(headings("/")).toEqual(["Go to"]);
  expect(headings("/artifacts/abababababab/why/3")).toEqual(["Go to", "This artifact"]);
  expect(headings("/artifacts/shop%2Fapp")).toEqual(["Go to"]);
});
