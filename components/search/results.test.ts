import { expect, it } from "vitest";
import { commandGroups, firstGroups } from "./actions.ts";
import { holderGroups, resultGroups } from "./results.ts";

const DIGEST = `sha256:${"ab".repeat(32)}`;
const NO_ROWS = { rows: [], truncated: false };
const NOTHING = { artifacts: [], digests: [], contents: [], files: NO_ROWS, nodes: NO_ROWS, artifactCount: 3 };
const IN = { artifactDigest: DIGEST, artifactName: "shop/app:1" };
const FILE = { path: "/etc/os-release", item: null, bytes: 3, nodeIndex: null, ...IN };
const HASH = "0".repeat(32);

it("lists only groups with rows, artifacts first, and files first for the name of one", () => {
  const artifacts = [{ digest: DIGEST, name: "shop/app:1", kind: "image" as const, bytes: 2048 }];
  const files = { rows: [{ ...FILE, artifactCount: 1, contentCount: 1 }], truncated: false };
  const nodes = { rows: [nodeOf("pkg:deb/debian/os@1")], truncated: false };
  const list = (text: string) =>
    resultGroups({ ...NOTHING, artifacts, files, nodes }, text).map(({ heading }) => heading);
  expect(list("os")).toEqual(["Images, closures and SBOMs", "Components", "Files"]);
  expect(list("os-release")).toEqual(["Images, closures and SBOMs", "Files", "Components"]);
  const named = { rows: [{ ...nodeOf("pkg:deb/debian/os-release@1"), name: "OS-release" }], truncated: false };
  const groups = resultGroups({ ...NOTHING, files, nodes: named }, "os-release");
  expect(groups.map(({ heading }) => heading)).toEqual(["Components", "Files"]);
  expect(resultGroups(NOTHING, "os")).toEqual([]);
});

it("says in how many artifacts a file is, with how many contents, and where to choose one", () => {
  const rows = [{ ...FILE, artifactCount: 4, contentCount: 2 }];
  const [row] = resultGroups({ ...NOTHING, files: { rows, truncated: false } }, "os-release")[0]!.rows;
  expect(row).toMatchObject({ count: "4 artifacts, 2 contents", holders: "/search/holders?file=/etc/os-release" });
  const [group] = holderGroups(row!, {
    rows: [{ ...IN, artifactKind: "image", bytes: 3, layer: 2, nodeIndex: null }],
    total: 4,
  });
  expect(group).toMatchObject({ heading: "/etc/os-release is in 4 artifacts", rows: [{ detail: "3 B · layer 2" }] });
  expect(group!.rows[0]!.href).toBe("/artifacts/abababababab/file?path=/etc/os-release");
});

it("names the layer of a digest and the number of artifacts with it", () => {
  const digests = [
    { what: "diffID" as const, digest: DIGEST, artifactDigest: DIGEST, artifactName: "a", layer: 2, artifactCount: 3 },
  ];
  const [row] = resultGroups({ ...NOTHING, digests }, "abababab")[0]!.rows;
  expect(row).toMatchObject({ detail: "DiffID in a, layer 2", count: "3 artifacts" });
  expect(row!.href).toBe("/artifacts/abababababab/layers/2");
});

it("opens the file with a content, and names its path", () => {
  const contents = [{ digest: DIGEST, holders: [{ digest: DIGEST, name: "shop/app:1", path: "etc/passwd" }] }];
  const [row] = resultGroups({ ...NOTHING, contents }, "abababab")[0]!.rows;
  expect(row).toMatchObject({
    detail: "file /etc/passwd in shop/app:1",
    href: "/artifacts/abababababab/file?path=/etc/passwd",
  });
});

function nodeOf(identity: string) {
  const node = { id: identity, identity, nodeIndex: 0, artifactCount: 1, retainedSize: 1, ...IN };
  return { ...node, kind: "store" as const, name: "libc", version: "2.40" };
}

it("tells two store items of one name apart by their hash", () => {
  const nodes = { rows: [nodeOf(`/nix/store/${HASH}-libc-2.40`)], truncated: false };
  expect(resultGroups({ ...NOTHING, nodes }, "libc")[0]!.rows[0]!.version).toBe("2.40 000000000000");
});

it("offers pages with their keys, and what can be done with the artifact on the page", () => {
  const headings = (pathname: string, canWrite = true) =>
    firstGroups([], { pathname, canWrite }).map(({ heading }) => heading);
  expect(headings("/")).toEqual(["Go to", "Here"]);
  expect(headings("/", false)).toEqual(["Go to"]);
  expect(headings("/artifacts/abababababab/why/3")).toEqual(["Go to", "This artifact"]);
  const rows = firstGroups([], { pathname: "/artifacts/shop%2Fapp/graph", canWrite: false })[1]!.rows;
  expect(rows.map(({ href, keys = [] }) => [href, ...keys])).toEqual([
    ["/compare?a=shop/app", "C"],
    ["/artifacts/shop%2Fapp/remove", "R"],
    ["/lineage/rebase?image=shop/app"],
    ["/artifacts/shop%2Fapp/graph"],
  ]);
});

it("finds pages and actions by a part of their names", () => {
  const find = (text: string) => commandGroups(text, { pathname: "/", canWrite: true }).flatMap(({ rows }) => rows);
  expect(find(" SAV").map(({ href }) => href)).toEqual(["/savings"]);
  expect(find("")).toHaveLength(12);
  expect(find("rebase").map(({ href }) => href)).toEqual(["/lineage/rebase"]);
  expect(find("relayer").map(({ href }) => href)).toEqual(["/lineage/relayer"]);
  expect(find("libssl")).toEqual([]);
});
