import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { edgeWords, rootNames } from "#testing/builders/sbom-edges.ts";
import { SPDX_2_2, SPDX_3_0 } from "#testing/builders/sboms.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { readSpdx2 } from "./read-spdx2.ts";
import { isSpdx3, readSpdx3 } from "./read-spdx3.ts";

const read2 = (json: Record<string, unknown>) => readSpdx2(json, "a.spdx.json");
const read3 = (json: Record<string, unknown>) => readSpdx3(json, "a.spdx.json");
const real = sharedData("images/quay+claircore/sbom/spdx/testdata/round-trip");

describe("an SPDX 2 document", () => {
  it("has its relationships in the direction of what needs or contains the other", () => {
    const document = read2(SPDX_2_2);
    expect(document).toMatchObject({ format: "spdx", specVersion: "2.2", name: "app-1.0", fileCount: 1 });
    expect(rootNames(document)).toEqual(["app"]);
    expect(edgeWords(document)).toEqual([
      "app STATIC_LINK zlib",
      "app TEST_DEPENDENCY_OF junit",
      "zlib BUILD_DEPENDENCY_OF gcc",
    ]);
    expect(document.components[1]!.purl).toContain("pkg:apk/alpine/zlib");
    expect(document.faults.map(({ message }) => message)).toEqual([
      "relationships left out, neither dependencies nor containment: 1 GENERATED_FROM",
    ]);
  });

  it.each([
    ["CONTAINS", "a CONTAINS b"],
    ["CONTAINED_BY", "b CONTAINED_BY a"],
    ["DEPENDS_ON", "a DEPENDS_ON b"],
    ["DEPENDENCY_OF", "b DEPENDENCY_OF a"],
    ["RUNTIME_DEPENDENCY_OF", "b RUNTIME_DEPENDENCY_OF a"],
    ["OPTIONAL_DEPENDENCY_OF", "b OPTIONAL_DEPENDENCY_OF a"],
    ["DYNAMIC_LINK", "a DYNAMIC_LINK b"],
    ["HAS_PREREQUISITE", "a HAS_PREREQUISITE b"],
    ["PREREQUISITE_FOR", "b PREREQUISITE_FOR a"],
    ["PACKAGE_OF", "b PACKAGE_OF a"],
  ])("reads %s as an edge: %s", (relationshipType, edge) => {
    const packages = ["a", "b"].map((name) => ({ SPDXID: name, name }));
    const relationships = [{ spdxElementId: "a", relationshipType, relatedSpdxElement: "b" }];
    expect(edgeWords(read2({ spdxVersion: "SPDX-2.3", packages, relationships }))).toEqual([edge]);
  });

  it("describes its roots in either direction", () => {
    const packages = ["a", "b", "c"].map((name) => ({ SPDXID: name, name }));
    const relationships = [
      { spdxElementId: "SPDXRef-DOCUMENT", relationshipType: "DESCRIBES", relatedSpdxElement: "b" },
      { spdxElementId: "c", relationshipType: "DESCRIBED_BY", relatedSpdxElement: "SPDXRef-DOCUMENT" },
    ];
    expect(rootNames(read2({ spdxVersion: "SPDX-2.3", packages, relationships }))).toEqual(["b", "c"]);
  });

  it("has all its faults returned", () => {
    const document = read2({
      spdxVersion: "SPDX-2.9",
      documentDescribes: ["nothing"],
      packages: [{ SPDXID: "a", name: "a" }, { SPDXID: "b" }],
      relationships: [
        { spdxElementId: "a", relationshipType: "CONTAINS", relatedSpdxElement: "gone" },
        { spdxElementId: "a", relationshipType: "CONTAINS" },
      ],
    });
    expect(document.faults.map(({ message }) => message)).toEqual([
      'spdxVersion "SPDX-2.9": expected SPDX-2.2 or SPDX-2.3, and read like these',
      "packages[1] has no name, and is left out",
      "relationships[1] is not complete",
      'CONTAINS from "a" to "gone": not in the document',
      'the document describes "nothing": not in the document',
    ]);
  });

  // Counted in the documents with jq.
  it.skipIf(real === undefined).each([
    ["distroless-static-debian12", 4, 3],
    ["simple", 6, 3],
    ["ubi8-micro", 41, 78],
  ])("of Claircore: %s has %i packages and %i containments", (name, packageCount, edgeCount) => {
    const document = read2(JSON.parse(readFileSync(`${real}/${name}.spdx.json`, "utf8")));
    expect(document.components).toHaveLength(packageCount);
    expect(document.edges.from).toHaveLength(edgeCount);
    expect(document.roots).toHaveLength(0);
    expect(document.faults.every(({ message }) => message.includes("GENERATED_FROM"))).toBe(true);
  });
});

describe("an SPDX 3 document", () => {
  it("has the root of the SBOM that is its root, and its packages", () => {
    expect(isSpdx3(SPDX_3_0)).toBe(true);
    const document = read3(SPDX_3_0);
    expect(document).toMatchObject({ specVersion: "3.0.1", name: "core-image-minimal", fileCount: 1 });
    expect(rootNames(document)).toEqual(["core-image-minimal"]);
    expect(document.components.map(({ name, purl }) => [name, purl.slice(0, 12)])).toEqual([
      ["core-image-minimal", ""],
      ["busybox", "pkg:generic/"],
      ["musl", "pkg:apk/alpi"],
    ]);
    expect(edgeWords(document)).toEqual(["busybox dependsOn musl", "core-image-minimal contains busybox"]);
    expect(document.faults.map(({ message }) => message)).toEqual([
      "relationships left out, neither dependencies nor containment: 1 hasDeclaredLicense",
    ]);
  });

  it("says which version it has if it is none of 3.0", () => {
    const { faults } = read3({ "@graph": [{ type: "CreationInfo", specVersion: "3.1.0" }] });
    expect(faults).toMatchObject([{ message: 'specVersion "3.1.0": expected 3.0, and read like that' }]);
  });
});
