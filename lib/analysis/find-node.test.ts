import { expect, it } from "vitest";
import { findNode } from "./find-node.ts";

const node = (id: string, name: string, version: string) => ({ id, name, version });
const NODES = [
  node("pkg:deb/debian/guava@31?arch=all", "libguava-java", "31"),
  node("pkg:maven/com.google.guava/guava@32", "com.google.guava/guava", "32"),
  node("pkg:golang/example.org/pg@v1", "example.org/pg", "v1"),
  node("pkg:npm/%40types/pump@1", "@types/pump", "1"),
  node("pkg:maven/org.a/twice@1", "org.a/twice", "1"),
  node("pkg:maven/org.b/twice@2", "org.b/twice", "2"),
];

it.each([
  ["com.google.guava/guava", 1],
  ["guava", 1],
  ["guava@32", 1],
  ["pg", 2],
  ["twice@2", 5],
])("finds %s by what follows a group or a path in its name", (text, index) => {
  expect(findNode(NODES, text)).toBe(NODES[index]);
});

it("takes a scope for a part of the name, and lists what a short name may mean", () => {
  expect(() => findNode(NODES, "pump")).toThrow("no node is named pump");
  expect(() => findNode(NODES, "twice")).toThrow("twice is ambiguous: it matches 2 nodes");
});

it("prefers a node of that name", () => {
  const plain = node("pkg:npm/pg@8", "pg", "8");
  expect(findNode([...NODES, plain], "pg")).toBe(plain);
});
