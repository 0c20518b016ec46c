import assert from "node:assert/strict";
import {
  condenseArchive,
  identifyArchive,
  parseJavaRelease,
  parsePom,
  readArchiveFacts,
} from "#lib/formats/jar/index.ts";
import { genericPurl, javaRuntimePurl, mavenPurl } from "#lib/formats/purl/index.ts";
import { buildZip, manifest, pomProperties } from "#testing/builders/zip.ts";
import type { FuzzTarget } from "../fuzz-target.ts";
import { holdFaults, holdLength, toText } from "../hold.ts";

/** Inflated bytes that one input may have: more is what the layer's limit is for. */
const MAX_INFLATED = 1024 ** 2;

function checkArchive(input: Uint8Array): void {
  let left = MAX_INFLATED;
  const spend = (byteCount: number) => {
    const fits = byteCount <= left;
    if (fits) left -= byteCount;
    return fits;
  };
  const { value, problems } = condenseArchive(input, spend);
  holdFaults(problems);
  holdFacts(value);
}

/** What a layer has kept, or a file that claims to be that. */
function holdFacts(bytes: Uint8Array): void {
  const archives = readArchiveFacts(bytes) ?? [];
  for (const facts of archives) {
    const { groupId, artifactId, version, shaded } = identifyArchive(facts, "a-1.jar");
    assert.ok(shaded.length >= facts.poms.length - 1, "a pom.properties is lost");
    if (groupId === "") genericPurl(artifactId, version);
    else mavenPurl(groupId, artifactId, version);
  }
  holdLength(
    archives.flatMap(({ path, poms }) => [path, ...poms.map(({ artifactId }) => artifactId)]),
    toText(bytes),
  );
}

function checkPom(input: Uint8Array): void {
  const found = parsePom(toText(input), "g");
  for (const { groupId, artifactId } of found) assert.match(`${groupId}:${artifactId}`, /^[\w.-]+:[\w.-]+$/);
  holdLength(
    found.flatMap(({ groupId, artifactId }) => [groupId, artifactId]),
    toText(input),
  );
}

function checkRelease(input: Uint8Array): void {
  const { value } = parseJavaRelease(toText(input));
  assert.notEqual(value?.version, "");
  if (value === undefined) return;
  assert.match(javaRuntimePurl(value.vendor, value.version), /^pkg:generic\/.*java@/);
  holdLength([value.version, value.vendor], toText(input));
}

const LIBRARY = buildZip({
  ...pomProperties("g", "b", "1"),
  ...manifest({ "Bundle-SymbolicName": "g.b;x", "Class-Path": "a.jar" }),
});

export const JAVA_TARGETS: readonly FuzzTarget[] = [
  {
    name: "java-archive",
    maxLength: 2048,
    check: checkArchive,
    dictionary: [
      "PK\u0003\u0004",
      "PK\u0001\u0002",
      "PK\u0005\u0006",
      "META-INF/MANIFEST.MF",
      "META-INF/maven/g/a/pom.properties",
      "a.jar",
    ],
    seeds: [
      LIBRARY,
      buildZip({ "a.jar": { body: LIBRARY, isStored: true } }),
      buildZip({ "b.war": buildZip({ "a.jar": LIBRARY }) }),
    ],
  },
  {
    name: "java-facts",
    maxLength: 512,
    check: holdFacts,
    dictionary: ["SGj1", "\u0000a", "\u0000m", "\u0000p", "Bundle-SymbolicName: ", "g:a:1"],
    seeds: ["SGj1\u0000a\u0000mBundle-SymbolicName: g.a\u0000pg:a:1\u0000ax.jar\u0000pg:b:2\u0000pg:c:3"],
  },
  {
    name: "java-pom",
    maxLength: 1024,
    check: checkPom,
    dictionary: [
      "<project>",
      "<dependencies>",
      "<dependency>",
      "<groupId>",
      "<artifactId>",
      "<scope>",
      "</",
      "<![CDATA[",
      "<!DOCTYPE x [",
      "&lt;",
    ],
    seeds: [
      "<project><dependencies><dependency><groupId>g</groupId><artifactId>a</artifactId><scope>runtime</scope></dependency></dependencies></project>",
    ],
  },
  {
    name: "java-release",
    maxLength: 256,
    check: checkRelease,
    dictionary: ['JAVA_VERSION="', 'IMPLEMENTOR="', 'JAVA_RUNTIME_VERSION="'],
    seeds: ['IMPLEMENTOR="Eclipse Adoptium"\nJAVA_VERSION="17.0.9"\n'],
  },
];
