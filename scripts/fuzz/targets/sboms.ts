import assert from "node:assert/strict";
import { isCycloneDx, readCycloneDx } from "#lib/formats/cyclonedx/index.ts";
import { attachmentKind, materialsOf, toStatement } from "#lib/formats/in-toto/index.ts";
import { isObject, parseBoundedJson } from "#lib/formats/json/index.ts";
import { canonicalPurl, genericPurl } from "#lib/formats/purl/index.ts";
import { parseSbom } from "#lib/formats/sbom/index.ts";
import { DocumentBuilder } from "#lib/formats/sbom-document/index.ts";
import { isSpdx2, isSpdx3, readSpdx2, readSpdx3 } from "#lib/formats/spdx/index.ts";
import { parseDigest } from "#lib/model/digest.ts";
import type { SbomDocument } from "#lib/model/sbom.ts";
import { CYCLONEDX_1_7, SPDX_2_2, SPDX_3_0 } from "#testing/builders/sboms.ts";
import type { FuzzTarget } from "../fuzz-target.ts";
import { isRefused, orRefused, toText } from "../hold.ts";

/** Every relation and every root is a component of the document. */
function checkSbom(input: Uint8Array): void {
  const document = orRefused(() => parseSbom(input, "x.json"));
  if (!isRefused(document)) checkDocument(document);
}

/** The same for an object that is read as each format in turn, whatever it says it is. */
function checkSbomFormats(input: Uint8Array): void {
  const json = orRefused(() => parseBoundedJson(input, "x.json"));
  if (isRefused(json) || !isObject(json)) return;
  for (const is of [isCycloneDx, isSpdx2, isSpdx3]) assert.equal(typeof is(json), "boolean");
  for (const read of [readCycloneDx, readSpdx2, readSpdx3]) {
    const document = orRefused(() => read(json, "x.json"));
    if (!isRefused(document)) checkDocument(document);
  }
}

/** Components and relations in any order, by references of one character: `ab` is a relation, `.a` a component, `/a` a file. */
function checkSbomRelations(input: Uint8Array): void {
  const builder = new DocumentBuilder("x.json");
  for (const [kind = "", ref = ""] of toText(input).match(/../gs) ?? []) {
    if (kind === ".") builder.addComponent({ ref, name: ref, version: "", purl: "", id: "" }, "component");
    else if (kind === "/") builder.addFile(ref);
    else if (kind === "!") builder.addRoot(ref);
    else builder.addRelation(kind, ref, "needs");
  }
  checkDocument(builder.build({ format: "spdx", specVersion: "2.3", name: "" }));
}

function checkDocument(document: SbomDocument): void {
  const { components, edges, roots } = document;
  for (const node of [...edges.from, ...edges.to, ...roots]) assert.ok(node >= 0 && node < components.length);
  for (const relation of edges.relation) assert.ok(edges.relations[relation] !== undefined);
  for (const { name } of components) assert.notEqual(name, "");
}

/** A purl that is taken is written in the one form that means the same again. */
function checkPurl(input: Uint8Array): void {
  const text = toText(input);
  if (text !== "") assert.ok(canonicalPurl(genericPurl(text, text)) !== undefined);
  const purl = canonicalPurl(text);
  if (purl !== undefined) assert.equal(canonicalPurl(purl.identity)?.identity, purl.identity);
}

/** A statement in any envelope, and the images that its provenance names: each has a name and a digest, and is listed once. */
function checkStatement(input: Uint8Array): void {
  const json = orRefused(() => parseBoundedJson(input, "x.json"));
  if (isRefused(json)) return;
  const statement = orRefused(() => toStatement(json, "x.json"));
  if (isRefused(statement) || statement === undefined) return;
  assert.ok(["sbom", "provenance", undefined].includes(attachmentKind(statement.predicateType)));
  const images = materialsOf(statement);
  for (const { name, digest } of images) assert.ok(name !== "" && parseDigest(digest) === digest);
  assert.equal(new Set(images.map(({ name, digest }) => `${name} ${digest}`)).size, images.length);
}

const SBOM_SEEDS = [CYCLONEDX_1_7, SPDX_2_2, SPDX_3_0].map((document) => JSON.stringify(document));

const HEX = "b".repeat(64);
const MATERIAL = `{"uri":"pkg:docker/alpine@3.20?platform=linux%2Famd64","digest":{"sha256":"${HEX}"}}`;
const STATEMENT_1 = `{"predicateType":"https://slsa.dev/provenance/v1","predicate":{"buildDefinition":{"resolvedDependencies":[${MATERIAL}]}}}`;

export const SBOM_TARGETS: readonly FuzzTarget[] = [
  {
    name: "sbom",
    maxLength: 4096,
    check: checkSbom,
    dictionary: [
      '"bomFormat":"CycloneDX"',
      '"specVersion":"1.6"',
      '"metadata":{"component":',
      '"components":[',
      '"bom-ref":"a"',
      '"dependencies":[{"ref":"a","dependsOn":["b"]}]',
      '"spdxVersion":"SPDX-2.3"',
      '"documentDescribes":["a"]',
      '"relationships":[{"spdxElementId":"a","relationshipType":"CONTAINS","relatedSpdxElement":"b"}]',
      '"@graph":[',
      '"type":"software_Package"',
      '"rootElement":["a"]',
    ],
    seeds: SBOM_SEEDS,
  },
  {
    name: "sbom-relations",
    maxLength: 512,
    check: checkSbomRelations,
    dictionary: [".a", "/a", "!a", "ab"],
    seeds: [".a.b/cabac!a!d"],
  },
  {
    name: "sbom-formats",
    maxLength: 4096,
    check: checkSbomFormats,
    dictionary: ['"components":[{"name":"a"}]', '"packages":[{"name":"a"}]', '"@graph":[{"type":"software_Package"}]'],
    seeds: SBOM_SEEDS,
  },
  {
    name: "canonical-purl",
    maxLength: 512,
    check: checkPurl,
    dictionary: ["pkg:deb/debian/", "pkg:npm/%40a/", "?distro=debian-12.5", "&arch=amd64", "&epoch=1", "#sub", "%2F"],
    seeds: [
      "pkg:deb/debian/perl@5.36?arch=amd64&distro=debian-12.5&epoch=1&upstream=x",
      "pkg:npm/%40a/b@1?vcs_url=x#y",
    ],
  },
  {
    name: "statement",
    maxLength: 2048,
    check: checkStatement,
    dictionary: ['"predicateType":"https://slsa.dev/provenance/v0.2"', '"materials":[', '"dsseEnvelope":{', MATERIAL],
    seeds: [
      `{"predicateType":"https://slsa.dev/provenance/v0.2","predicate":{"materials":[${MATERIAL},${MATERIAL}]}}`,
      STATEMENT_1,
      `{"dsseEnvelope":{"payloadType":"application/vnd.in-toto+json","payload":"${Buffer.from(STATEMENT_1).toString("base64")}"}}`,
    ],
  },
];
