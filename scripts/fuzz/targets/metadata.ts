import assert from "node:assert/strict";
import { MAX_NAME_LENGTH, parseArchiveManifest } from "#lib/formats/docker-archive/index.ts";
import { parseGates } from "#lib/formats/gates/index.ts";
import { parseBoundedJson } from "#lib/formats/json/index.ts";
import {
  type BaseMention,
  choosePlatform,
  formatPlatform,
  type ImageIndex,
  listBaseMentions,
  MAX_BASE_NAME,
  MAX_LAYERS,
  parseImageConfig,
  parseIndex,
  parseIndexOrManifest,
  parsePlatform,
  toChainIds,
} from "#lib/formats/oci/index.ts";
import { UsageError } from "#lib/model/problem.ts";
import { toLayoutName } from "#lib/sources/images/layout-name.ts";
import type { FuzzTarget } from "../fuzz-target.ts";
import { isRefused, orRefused, toParts, toText } from "../hold.ts";

const LIMITS = { maxBytes: 3000, maxDepth: 8, maxValues: 60 };
/** Maximum length of the note on a cut text, which says how much is missing. */
const CUT_NOTE = 40;
const HEX = "0123456789abcdef".repeat(4);

/** Refused only if it is not JSON or over a limit, else exactly the result of `JSON.parse`. */
function checkJson(input: Uint8Array): void {
  const ours = orRefused(() => parseBoundedJson(input, "a.json", LIMITS));
  const theirs = parseOrUndefined(input);
  if (theirs === undefined) {
    assert.ok(isRefused(ours), "accepted, although it is not JSON");
    return;
  }
  const { depth, values } = measure(theirs.value);
  const isOver = depth > LIMITS.maxDepth || values > LIMITS.maxValues || input.length > LIMITS.maxBytes;
  if (isRefused(ours)) assert.ok(isOver || ours.code === "limit-exceeded", `refused without a reason: ${ours.message}`);
  else {
    assert.ok(!isOver, "accepted, although it is over a limit");
    assert.deepEqual(ours, theirs.value);
  }
}

function parseOrUndefined(input: Uint8Array): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(input)) };
  } catch {
    // Not UTF-8 or not JSON: nothing else is checked here.
    return undefined;
  }
}

/** How deep a value is nested, and its minimum number of values and names (duplicate names are one). */
function measure(root: unknown): { depth: number; values: number } {
  const pending: [value: unknown, depth: number][] = [[root, 0]];
  let [deepest, values] = [0, 0];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [value, depth] = next;
    values += 1;
    deepest = Math.max(deepest, depth);
    if (typeof value !== "object" || value === null) continue;
    deepest = Math.max(deepest, depth + 1);
    for (const inner of Object.values(value)) pending.push([inner, depth + 1]);
  }
  return { depth: deepest, values };
}

function checkManifest(input: Uint8Array): void {
  const parsed = orRefused(() => parseIndexOrManifest(input, "blobs/sha256/x", ""));
  const index = orRefused(() => parseIndex(input, "index.json"));
  if (!isRefused(index)) checkIndex(index);
  if (isRefused(parsed)) return;
  if ("index" in parsed) checkIndex(parsed.index);
  else {
    assert.ok(parsed.manifest.layers.length <= MAX_LAYERS);
    checkMentions(listBaseMentions(parsed.manifest.annotations, []));
    for (const { digest, size } of parsed.manifest.layers) {
      assert.match(digest, /^sha256:[0-9a-f]{64}$/);
      assert.ok(Number.isSafeInteger(size) && size >= 0, "not a byte count");
    }
  }
}

/** Short, and with a name or a digest. */
function checkMentions(mentions: readonly BaseMention[]): void {
  assert.ok(mentions.length <= 2);
  for (const { name, digest } of mentions) {
    assert.ok(name.length <= MAX_BASE_NAME + CUT_NOTE, "a name too long");
    assert.ok(digest === null ? name !== "" : /^sha256:[0-9a-f]{64}$/.test(digest), "no mention of an image");
  }
}

function checkIndex({ manifests }: ImageIndex): void {
  const wanted = { os: "linux", architecture: "amd64", variant: "" };
  assert.ok(choosePlatform(manifests, wanted).length <= choosePlatform(manifests, "all").length);
  for (const { annotations, platform } of manifests) {
    assert.ok(toLayoutName("layout", annotations ?? {}).length <= MAX_NAME_LENGTH + CUT_NOTE, "a name too long");
    if (platform !== undefined) assert.ok(formatPlatform(platform).length <= 3 * (128 + CUT_NOTE));
  }
}

function checkConfig(input: Uint8Array): void {
  const config = orRefused(() => parseImageConfig(input, "config"));
  if (isRefused(config)) return;
  const { diffIds, createdBy, createdAt } = config;
  checkMentions(listBaseMentions({}, config.settings.labels));
  assert.equal(createdBy.length, diffIds.length);
  assert.equal(toChainIds(diffIds).length, diffIds.length);
  for (const text of createdBy) assert.ok(text.length <= 4096 + CUT_NOTE, "a command too long");
  assert.ok(createdAt.length <= 128 + CUT_NOTE);
}

function checkArchiveManifest(input: Uint8Array): void {
  const images = orRefused(() => parseArchiveManifest(input, "manifest.json"));
  if (isRefused(images)) return;
  for (const { configPath, repoTags, layerPaths } of images) {
    for (const path of [configPath, ...layerPaths]) assert.ok(path.length > 0 && path.length <= 4096, "no path");
    for (const tag of repoTags) assert.ok(tag.length <= MAX_NAME_LENGTH, "a name too long");
  }
}

function checkPlatform(input: Uint8Array): void {
  const [text = ""] = toParts(input, 1);
  try {
    const choice = parsePlatform(text);
    if (choice !== "all") assert.equal(formatPlatform(choice), text.replace(/\/$/, ""));
  } catch (error) {
    assert.ok(error instanceof UsageError, toText(input));
  }
}

/** Refused in few words, or limits in their ranges. */
function checkGates(input: Uint8Array): void {
  const gates = orRefused(() => parseGates(input, ".dive-ci"));
  if (isRefused(gates)) return;
  for (const rule of ["lowestEfficiency", "highestUserWastedPercent"] as const) {
    const ratio = gates[rule] ?? 0;
    assert.ok(ratio >= 0 && ratio <= 1, `${rule} is ${ratio}`);
  }
  const sizes = [gates.maxRootfsSize, gates.maxAdded?.bytes, gates.minShared?.bytes, gates.maxDuplicateVersions];
  for (const size of sizes) assert.ok(size === undefined || (Number.isSafeInteger(size) && size >= 0), `size ${size}`);
  for (const pattern of gates.forbid ?? []) assert.notEqual(pattern.trim(), "");
}

const KEYS = ["schemaVersion", "mediaType", "manifests", "config", "layers", "digest", "size", "annotations"].map(
  (key) => `"${key}":`,
);
const TYPES = ["application/vnd.oci.image.index.v1+json", "application/vnd.oci.image.manifest.v1+json"];
const DESCRIPTOR = `{"mediaType":"${TYPES[1]}","digest":"sha256:${HEX}","size":7}`;

export const METADATA_TARGETS: readonly FuzzTarget[] = [
  {
    name: "json",
    maxLength: 4096,
    check: checkJson,
    dictionary: ["{", "}", "[", "]", '"', '\\"', "\\u0000", "true", "null", "1e5", "\ufeff", '":'],
    seeds: ['{"a":[1,"b\\"",{"c":null}],"\\ud800":1e5}', "[[[[[[[[1]]]]]]]]", "[".repeat(300), '"[[[,,,"'],
  },
  {
    name: "oci-manifest",
    maxLength: 8192,
    check: checkManifest,
    dictionary: [...KEYS, ...TYPES, `sha256:${HEX}`, '"platform":{"os":"linux","architecture":"amd64"}', "null"],
    seeds: [
      `{"schemaVersion":2,"manifests":[{"mediaType":"${TYPES[1]}","digest":"sha256:${HEX}","size":7,"annotations":{"org.opencontainers.image.ref.name":"1.2"},"platform":{"os":"linux","architecture":"amd64","variant":"v8"}}]}`,
      `{"schemaVersion":2,"config":${DESCRIPTOR},"layers":[${DESCRIPTOR},${DESCRIPTOR}]}`,
      `{"config":${DESCRIPTOR},"layers":[],"annotations":{"org.opencontainers.image.base.name":"debian:13","org.opencontainers.image.base.digest":"sha256:${HEX}"}}`,
      '{"schemaVersion":1,"mediaType":"application/vnd.docker.distribution.manifest.v1+json"}',
      `{"manifests":[{"digest":"sha256:${HEX}","size":1,"annotations":{"${"k".repeat(5000)}":1}}]}`,
    ],
  },
  {
    name: "oci-config",
    maxLength: 8192,
    check: checkConfig,
    dictionary: [
      ...['"os":', '"architecture":', '"created":', '"config":{', '"Entrypoint":["', '"Cmd":["', '"Env":["PATH='],
      ...['"rootfs":{"diff_ids":["', `sha256:${HEX}`, '"history":[{', '"created_by":"', '"empty_layer":true'],
    ],
    seeds: [
      `{"os":"linux","architecture":"amd64","created":"2026-01-01T00:00:00Z","config":{"Entrypoint":null,"Cmd":["sh"],"Env":["PATH=/bin"]},"rootfs":{"diff_ids":["sha256:${HEX}"]},"history":[{"created_by":"ADD x"},{"empty_layer":true}]}`,
      `{"rootfs":{"diff_ids":["sha256:${HEX}"]},"history":[{"created_by":"${"x".repeat(5000)}"}]}`,
    ],
  },
  {
    name: "docker-manifest",
    maxLength: 8192,
    check: checkArchiveManifest,
    dictionary: ['"Config":"', '"RepoTags":["', '"Layers":["', "null", "app:latest"],
    seeds: [
      '[{"Config":"c.json","RepoTags":["a:1","b:2"],"Layers":["1/layer.tar"]},{"Config":"d","RepoTags":null,"Layers":[]}]',
      `[{"Config":"${"c".repeat(5000)}","Layers":[]}]`,
    ],
  },
  {
    name: "gates",
    maxLength: 2048,
    check: checkGates,
    dictionary: [
      "rules:",
      "forbid:",
      "maxAdded:",
      "size:",
      "base:",
      "5%",
      "20MB",
      "disabled",
      "&a ",
      "*a",
      "<<: ",
      "!!map",
    ],
    seeds: [
      "rules:\n  lowestEfficiency: 0.95\n  highestWastedBytes: 20MB\n  forbid: [a@1.*, pkg:deb/*]\n",
      "rules: {maxAdded: {size: 1k, base: a, rung: file}, maxUnowned: 5%, minShared: 1,000 MiB}",
      "rules: &a {maxAdded: *a}",
      `rules: {forbid: ["*${"x".repeat(1500)}]}`,
    ],
  },
  {
    name: "platform",
    maxLength: 64,
    check: checkPlatform,
    dictionary: ["linux", "amd64", "all", "/"],
    seeds: ["linux/arm64/v8", "all"],
  },
];
