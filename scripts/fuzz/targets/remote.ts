import assert from "node:assert/strict";
import { parseNarInfo } from "#lib/formats/narinfo/index.ts";
import { toBase16Hash, toBase32Hash } from "#lib/formats/nix-hash/index.ts";
import { checkSignatures, listConfiguredKeys, parseTrustedKey } from "#lib/formats/nix-signature/index.ts";
import { parsePathInfo } from "#lib/formats/path-info/index.ts";
import { parseStorePath } from "#lib/formats/store-path/index.ts";
import { UsageError } from "#lib/model/problem.ts";
import { parseChallenges } from "#lib/sources/registry/challenge.ts";
import { formatReference, parseReference } from "#lib/sources/registry/reference.ts";
import { toTables } from "#lib/sources/store/info-tables.ts";
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

function checkNixHash(input: Uint8Array): void {
  const hash = toBase16Hash(toText(input));
  if (hash === undefined) return;
  assert.equal(toBase16Hash(hash), hash);
  assert.equal(toBase16Hash(toBase32Hash(hash)), hash);
}

/** The input is a nix.conf, and its keys' own text their signature: no text is one. */
function checkKeys(input: Uint8Array): void {
  const text = toText(input);
  const words = listConfiguredKeys(text);
  holdLength(words, text);
  const keys = words.flatMap((word) => parseTrustedKey(word) ?? []);
  const info = { path: `/nix/store/${HASH}-x`, narHash: NAR_HASH, narSize: 1, references: [], deriver: "" };
  const { status } = checkSignatures(info, [...words, text], keys);
  assert.notEqual(status, "verified");
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
    name: "nix-hash",
    maxLength: 256,
    check: checkNixHash,
    dictionary: ["sha256:", "sha512-", "md5:"],
    seeds: [NAR_HASH],
  },
  {
    name: "trusted-keys",
    maxLength: 512,
    check: checkKeys,
    dictionary: [
      "trusted-public-keys = ",
      "extra-",
      "cache.nixos.org-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=",
      "#",
    ],
    seeds: ["extra-trusted-public-keys = cache.nixos.org-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY= # two\n"],
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
