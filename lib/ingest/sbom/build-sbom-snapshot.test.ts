import { describe, expect, it } from "vitest";
import { readCycloneDx } from "#lib/formats/cyclonedx/index.ts";
import { completeRoots } from "#lib/graph/complete-roots.ts";
import { buildGraph } from "#lib/graph/graph.ts";
import { componentId, Evidence, STATED_HASH } from "#lib/model/component.ts";
import { type Digest, digestOf } from "#lib/model/digest.ts";
import { CYCLONEDX_1_5, CYCLONEDX_1_7 } from "#testing/builders/sboms.ts";
import { buildSbomSnapshot } from "./build-sbom-snapshot.ts";

const DIGEST: Digest = digestOf(new Uint8Array(32));

function build(json: Record<string, unknown>) {
  return buildSbomSnapshot({
    name: "bom",
    source: "sbom:bom.json",
    digest: DIGEST,
    document: readCycloneDx(json, "bom.json"),
    findTops: (edges) => completeRoots(buildGraph(edges).graph, []),
  });
}

describe("the snapshot of an SBOM", () => {
  it("has components as a scan of the software finds them, and counts each as 1", () => {
    const { graph, problems } = build(CYCLONEDX_1_5);
    expect(problems).toEqual([]);
    expect(graph.components.map(componentId)).toContain(
      "pkg:deb/debian/libc6@2.36-9+deb12u4?arch=amd64&distro=debian-12",
    );
    expect(graph.components[1]).toMatchObject({ kind: "other", identity: "pkg:generic/debian@12.5" });
    expect(new Set(graph.selfSize)).toEqual(new Set([1]));
    expect(new Set(graph.edges.evidence)).toEqual(new Set([Evidence.declared]));
    expect([...graph.roots]).toEqual([0]);
  });

  it("spells a Go module as the document does, although its purl is in lower case", () => {
    const components = [
      { name: "toml", group: "github.com/BurntSushi", purl: "pkg:golang/github.com/burntsushi/toml@v1.3.2" },
      { name: "github.com/Masterminds/semver", purl: "pkg:golang/github.com/Masterminds/semver@v1.5.0" },
      { name: "another name", purl: "pkg:golang/example.com/A@v1.0.0" },
    ];
    const { graph } = build({ bomFormat: "CycloneDX", specVersion: "1.6", components });
    expect(graph.components.slice(0, 3).map(({ kind, name, identity }) => [kind, name, identity])).toEqual([
      ["golang", "github.com/BurntSushi/toml", "pkg:golang/github.com/burntsushi/toml@v1.3.2"],
      ["golang", "github.com/Masterminds/semver", "pkg:golang/github.com/masterminds/semver@v1.5.0"],
      ["golang", "example.com/A", "pkg:golang/example.com/a@v1.0.0"],
    ]);
  });

  it("gets a root that leads to all others if the document describes nothing", () => {
    const { graph } = build(CYCLONEDX_1_7);
    const root = graph.components.length - 1;
    expect(graph.components[root]).toMatchObject({ name: "document", identity: `document:${DIGEST}` });
    expect([...graph.roots]).toEqual([root]);
    const { from, to, detail, details } = graph.edges;
    const made = [...from.keys()].filter((i) => from[i] === root);
    expect(made.map((i) => [graph.components[to[i]!]!.name, details[detail[i]!]])).toEqual([
      ["server", "listed in the document"],
    ]);
  });

  it("reaches a cycle that nothing else refers to", () => {
    const components = ["a", "b"].map((name) => ({ "bom-ref": name, name }));
    const dependencies = [
      { ref: "a", dependsOn: ["b"] },
      { ref: "b", dependsOn: ["a"] },
    ];
    const { graph } = build({ bomFormat: "CycloneDX", specVersion: "1.6", components, dependencies });
    expect([...graph.edges.to].slice(2)).toEqual([0, 1]);
  });

  it("tells several components of one identity apart by their references", () => {
    const components = ["x", "y", "y", ""].map((ref) => ({ "bom-ref": ref, name: "a", version: "1" }));
    const { graph } = build({ bomFormat: "CycloneDX", specVersion: "1.6", components });
    const ids = graph.components.slice(0, 4).map(componentId);
    expect(ids).toEqual(["pkg:generic/a@1", "pkg:generic/a@1#y", "pkg:generic/a@1#2", "pkg:generic/a@1#3"]);
  });

  it("takes an id that an export states, but never the purl of another package", () => {
    const stated = (id: string, purl?: string) => ({
      ...{ name: "a", version: "1", purl },
      properties: [{ name: "stratigraph:id", value: id }],
    });
    const path = `/nix/store/${"a".repeat(32)}-a-1`;
    const components = [
      stated("pkg:npm/a@1#x", "pkg:npm/a@1"),
      stated("pkg:npm/a@1#x", "pkg:npm/a@1"),
      stated("pkg:npm/other@1#y", "pkg:npm/a@1"),
      stated("pkg:npm/other@1"),
      stated(path),
      stated("unowned:sha256:00"),
      stated("words of any kind"),
    ];
    const { graph } = build({ bomFormat: "CycloneDX", specVersion: "1.6", components });
    expect(graph.components.slice(0, 7).map((each) => [each.kind, componentId(each), each.narHash])).toEqual([
      ["npm", "pkg:npm/a@1#x", undefined],
      ["npm", "pkg:npm/a@1", undefined],
      ["npm", "pkg:npm/a@1#2", undefined],
      ["other", "pkg:generic/a@1", undefined],
      ["store", path, STATED_HASH],
      ["unowned", "unowned:sha256:00", STATED_HASH],
      ["other", "pkg:generic/a@1#6", undefined],
    ]);
  });

  it("keeps a component whose purl is not valid, by its name", () => {
    const components = [{ name: "a", version: "1", purl: "nonsense" }];
    const { graph, problems } = build({ bomFormat: "CycloneDX", specVersion: "1.6", components });
    expect(graph.components[0]).toMatchObject({ identity: "pkg:generic/a@1", kind: "other" });
    expect(problems).toMatchObject([{ code: "bad-sbom", severity: "warning", source: "sbom:bom.json" }]);
  });
});
