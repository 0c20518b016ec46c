import { describe, expect, it } from "vitest";
import { edgeWords, rootNames } from "#testing/builders/sbom-edges.ts";
import { CYCLONEDX_1_4, CYCLONEDX_1_5, CYCLONEDX_1_6, CYCLONEDX_1_7 } from "#testing/builders/sboms.ts";
import { readCycloneDx } from "./read-cyclonedx.ts";

const read = (json: Record<string, unknown>) => readCycloneDx(json, "bom.json");
const messages = (json: Record<string, unknown>) => read(json).faults.map(({ message }) => message);
const empty = { bomFormat: "CycloneDX", specVersion: "1.6" };

describe("a CycloneDX document", () => {
  it("of 1.4, as cyclonedx-npm writes it", () => {
    const document = read(CYCLONEDX_1_4);
    expect(document).toMatchObject({ format: "cyclonedx", specVersion: "1.4", name: "shop", fileCount: 0, faults: [] });
    expect(document.components.map(({ name, version }) => `${name} ${version}`)).toEqual([
      "shop 2.0.0",
      "@babel/core 7.22.0",
      "semver 6.3.0",
      "semver 7.5.0",
    ]);
    expect(rootNames(document)).toEqual(["shop"]);
    expect(edgeWords(document)).toEqual([
      "@babel/core dependsOn semver",
      "shop dependsOn @babel/core",
      "shop dependsOn semver",
    ]);
  });

  it("of 1.5, as Trivy writes it, with a cycle", () => {
    const document = read(CYCLONEDX_1_5);
    expect(document.faults).toEqual([]);
    expect(rootNames(document)).toEqual(["debian:12"]);
    expect(edgeWords(document)).toEqual([
      "debian dependsOn libc6",
      "debian dependsOn tar",
      "debian:12 dependsOn debian",
      "libc6 dependsOn libgcc-s1",
      "libgcc-s1 dependsOn libc6",
      "tar dependsOn libc6",
    ]);
  });

  it("of 1.6, as syft writes it: files are counted, not components", () => {
    const document = read(CYCLONEDX_1_6);
    expect(document).toMatchObject({ fileCount: 1, faults: [] });
    expect(document.components).toHaveLength(4);
    expect(rootNames(document)).toEqual(["alpine"]);
    expect(edgeWords(document)).toEqual(["ssl_client dependsOn musl"]);
  });

  it("of 1.7: components inside components, services and other documents that one depends on", () => {
    const document = read(CYCLONEDX_1_7);
    expect(document.faults).toEqual([]);
    expect(document.components.map(({ name }) => name)).toEqual(["server", "serde", "plugin", "inner", "openssl"]);
    expect(rootNames(document)).toEqual([]);
    expect(edgeWords(document)).toEqual([
      "plugin components inner",
      "server components plugin",
      "server components serde",
      "server dependsOn openssl",
    ]);
  });

  it("takes the subject once if it is listed among the components again", () => {
    const subject = { "bom-ref": "a", name: "a" };
    const document = read({ ...empty, metadata: { component: subject }, components: [subject, { name: "b" }] });
    expect(document.components.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(document.faults).toEqual([]);
  });

  it("has all its faults returned", () => {
    const json = {
      bomFormat: "CycloneDX",
      specVersion: "2.0",
      components: [
        { "bom-ref": "a", name: "a" },
        { "bom-ref": "a", name: "b" },
        { "bom-ref": "c" },
        7,
        { name: "d".repeat(5000) },
        { name: "e", components: "none" },
      ],
      dependencies: [{ ref: "a", dependsOn: ["missing", "a", 3] }, { dependsOn: [] }, null],
    };
    expect(messages(json)).toEqual([
      'specVersion "2.0": expected 1.4 to 1.7, and read like these',
      '"a" occurs twice: relations mean the first',
      "components[2] has no name, and is left out",
      "components[3] is not an object",
      "components[4] has a text of more than 4096 characters, and is left out",
      "components[5].components is not a list",
      "dependencies[0].dependsOn[2] is not a string",
      "dependencies[1] has no ref",
      "dependencies[2] is not an object",
      'dependsOn from "a" to "missing": not in the document',
      'dependsOn from "a" to itself, left out',
    ]);
    expect(read(json).components.map(({ name }) => name)).toEqual(["a", "b", "e"]);
  });

  it("may be nested as deeply as JSON is read", () => {
    let nested: Record<string, unknown> = { name: "x" };
    for (let i = 0; i < 20_000; i++) nested = { name: "x", components: [nested] };
    expect(read({ ...empty, components: [nested] }).edges.from).toHaveLength(20_000);
  });

  it("is refused if it has more components than a scan holds", () => {
    const components = new Array(100_001).fill({ name: "x" });
    expect(() => read({ ...empty, components })).toThrow("an SBOM of more than 100000 components");
    const dependsOn = new Array(1_000_001).fill("a");
    expect(() => read({ ...empty, dependencies: [{ ref: "a", dependsOn }] })).toThrow("more than 1000000 relations");
  });
});
