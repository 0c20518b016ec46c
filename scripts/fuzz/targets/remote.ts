import assert from "node:assert/strict";
import { isCycloneDx, readCycloneDx } from "#lib/formats/cyclonedx/index.ts";
import { isObject, parseBoundedJson } from "#lib/formats/json/index.ts";
import { parseNarInfo } from "#lib/formats/narinfo/index.ts";
import { toBase16Hash } from "#lib/formats/nix-hash/index.ts";
import { parsePathInfo } from "#lib/formats/path-info/index.ts";
import { canonicalPurl, genericPurl } from "#lib/formats/purl/index.ts";
import { parseSbom } from "#lib/formats/sbom/index.ts";
import { DocumentBuilder } from "#lib/formats/sbom-document/index.ts";
import { isSpdx2, isSpdx3, readSpdx2, readSpdx3 } from "#lib/formats/spdx/index.ts";
import { parseStorePath } from "#lib/formats/store-path/index.ts";
import { UsageError } from "#lib/model/problem.ts";
import type { SbomDocument } from "#lib/model/sbom.ts";
import { parseChallenges } from "#lib/sources/registry/challenge.ts";
import { formatReference, parseReference } from "#lib/sources/registry/reference.ts";
import { toTables } from "#lib/sources/store/info-tables.ts";
import { CYCLONEDX_1_7, SPDX_2_2, SPDX_3_0 } from "#testing/builders/sboms.ts";
import type { FuzzTarget } from "../fuzz-target.ts";
import { holdLength, isRefused, orRefused, toText } from "../hold.ts";

const HASH = "10l19qifk7hjjq47px8m2prqk1gv4isy";
const NAR_HASH = "sha256:1b8m03r63zqhnjf7l5wnldhh7c134ap5vpj0850ymkq1iyzicy5s";

function checkNarInfo(input: Uint8Array): void {
  const text = toText(input);
  const info = orRefused(() => parseNarInfo(text, "x.narinfo"));
  if (isRefused(info)) return;
  const storeDir = parseStorePath(info.path)!.storeDir;
  for (const reference of info.references)
    assert.ok(reference.startsWith(`${storeDir}/`), "a reference outside its store");
  holdLength(
    info.files.flatMap(({ url, compression }) => [url, compression]),
    text,
  );
}

/** Every row of the tables is a store path, and every reference leads to a row. */
function checkPathInfo(input: Uint8Array): void {
  const tables = orRefused(() => toTables(parsePathInfo(input, "x.json"), "x.json"));
  if (isRefused(tables)) return;
  for (const path of tables.paths) assert.ok(parseStorePath(path) !== undefined, "a row that is no store path");
  for (const row of [...tables.referrers, ...tables.references]) assert.ok(row < tables.paths.length);
  for (const size of tables.narSizes) assert.ok(Number.isSafeInteger(size) && size >= 0, "a size that is none");
}

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
    if (kind === ".") builder.addComponent({ ref, name: ref, version: "", purl: "" }, "component");
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

function checkNixHash(input: Uint8Array): void {
  const hash = toBase16Hash(toText(input));
  if (hash !== undefined) assert.equal(toBase16Hash(hash), hash);
}

function checkChallenge(input: Uint8Array): void {
  const text = toText(input);
  const challenges = parseChallenges(text);
  holdLength(
    challenges.flatMap(({ scheme, parameters }) => [scheme, ...Object.values(parameters)]),
    text,
  );
}

/** A reference that is taken has a path without surprises, and its name means the same image again. */
function checkReference(input: Uint8Array): void {
  const reference = orUsage(() => parseReference(toText(input)));
  if (reference?.kind !== "image") return;
  assert.match(reference.repository, /^[a-z0-9._/-]+$/);
  const suffix = "digest" in reference ? `@${reference.digest}` : `:${reference.tag}`;
  assert.deepEqual(parseReference(formatReference(reference, suffix)), reference);
}

function orUsage<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return undefined;
  }
}

const SBOM_SEEDS = [CYCLONEDX_1_7, SPDX_2_2, SPDX_3_0].map((document) => JSON.stringify(document));

const FIELDS = [
  "StorePath: ",
  "URL: ",
  "Compression: ",
  "FileSize: ",
  "NarHash: ",
  "NarSize: ",
  "References: ",
  "Deriver: ",
];

export const REMOTE_TARGETS: readonly FuzzTarget[] = [
  {
    name: "narinfo",
    maxLength: 2048,
    check: checkNarInfo,
    dictionary: [...FIELDS, "/nix/store/", `${HASH}-x`, NAR_HASH, "\n"],
    seeds: [`StorePath: /nix/store/${HASH}-x\nURL: nar/x\nNarHash: ${NAR_HASH}\nNarSize: 10\nReferences: ${HASH}-x\n`],
  },
  {
    name: "path-info",
    maxLength: 2048,
    check: checkPathInfo,
    dictionary: [
      '"path":"',
      '"narHash":"',
      '"narSize":',
      '"references":[',
      '"version":',
      '"info":{',
      `/nix/store/${HASH}-x`,
    ],
    seeds: [
      `[{"path":"/nix/store/${HASH}-x","narHash":"${NAR_HASH}","narSize":10,"references":["/nix/store/${HASH}-x"]}]`,
      `{"/nix/store/${HASH}-x":{"narSize":10},"/nix/store/${HASH}-y":null}`,
      `{"version":3,"storeDir":"/nix/store","info":{"${HASH}-x":{"narHash":{"algorithm":"sha256","hash":"${"0".repeat(64)}"}}}}`,
    ],
  },
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
    name: "nix-hash",
    maxLength: 256,
    check: checkNixHash,
    dictionary: ["sha256:", "sha512-", "md5:"],
    seeds: [NAR_HASH],
  },
  {
    name: "challenge",
    maxLength: 1024,
    check: checkChallenge,
    dictionary: ["Bearer ", "Basic ", 'realm="', 'scope="', '\\"', ", "],
    seeds: ['Bearer realm="https://a.example/token",service="r",scope="repository:a:pull", Basic realm=x'],
  },
  {
    name: "reference",
    maxLength: 512,
    check: checkReference,
    dictionary: ["localhost:5000/", "docker.io/", "@sha256:", ":latest", "library/", "/"],
    seeds: [`//h.example:5000/a/b:1@sha256:${"0".repeat(64)}`, "//debian:trixie", "//h.example/a*"],
  },
];
