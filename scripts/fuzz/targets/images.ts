import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { MAX_METADATA_BYTES } from "#lib/formats/oci/index.ts";
import { shortImageName } from "#lib/model/image-name.ts";
import { displayPath } from "#lib/model/layer.ts";
import { UsageError } from "#lib/model/problem.ts";
import { openEnvironment } from "#lib/sources/environment.ts";
import { type ArchiveMember, MemberTable } from "#lib/sources/images/archive-members.ts";
import { findArchiveImages } from "#lib/sources/images/docker-save.ts";
import { splitImageName } from "#lib/sources/images/image-path.ts";
import { findLayoutImages, type ImageChoice } from "#lib/sources/images/oci-layout.ts";
import type { BlobStore, FoundImages } from "#lib/sources/images/source-image.ts";
import { parseSource } from "#lib/sources/parse-source.ts";
import { buildTar } from "#testing/builders/tar.ts";
import type { FuzzTarget } from "../fuzz-target.ts";
import { isRefused, orRefused, orRefusedLater, toText } from "../hold.ts";
import { readByJumping, reseal } from "./tar-walk.ts";

/** Maximum number of parts of an input, and of images it may contain: a document can name another several times. */
const MAX_PARTS = 12;
const MAX_IMAGES = 500;
/** The base directory of parsed texts: it does not exist. */
const NOWHERE = openEnvironment({ baseDir: "/nowhere", hasStdin: false, allowed: "all" });
/** All images, and those of one name on one platform. */
const CHOICES: readonly ImageChoice[] = [
  { platform: "all" },
  { name: "a:1", platform: { os: "linux", architecture: "amd64", variant: "" } },
];

/**
 * Documents that name each other by digest, which no mutation could keep correct. The input's parts are split at NULs, and in them
 * `@3` is replaced by the hex digits of part 3's SHA-256, which must come later, and `@@3` by its length in bytes.
 */
function resolveParts(input: Uint8Array): Uint8Array[] {
  const texts = toText(input).split("\0", MAX_PARTS);
  const parts: Uint8Array[] = new Array<Uint8Array>(texts.length).fill(new Uint8Array(0));
  for (let i = texts.length - 1; i >= 0; i--) {
    const text = texts[i]!.replace(/(@@?)(\d{1,2})/g, (whole, kind, number) => {
      const part = Number(number) > i ? parts[Number(number)] : undefined;
      if (part === undefined) return whole;
      return kind === "@" ? hexDigest(part) : `${part.length}`;
    });
    parts[i] = Buffer.from(text);
  }
  return parts;
}

function hexDigest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Links of an archive's members lead to a member or to nothing, never in a circle. */
function checkMembers(input: Uint8Array): void {
  const tar = Uint8Array.from(input);
  reseal(tar);
  const table = new MemberTable<ArchiveMember>();
  const named: string[] = ["manifest.json"];
  const walked = orRefused(() =>
    readByJumping(tar, (entry) => {
      const path = table.pathOf(entry);
      named.push(displayPath(entry.path));
      if (path !== undefined) table.add({ path, byteCount: entry.byteCount });
    }),
  );
  if (isRefused(walked)) return;
  for (const name of named) assert.notEqual(table.find(name)?.path, "", "a member without a name");
}

/** The first part has the name that is read first, all parts are stored by digest; the second may be an index beside it. */
function storeOf(parts: readonly Uint8Array[], first: string): BlobStore {
  const files = new Map(parts.map((part) => [`blobs/sha256/${hexDigest(part)}`, part]));
  for (const [i, part] of parts.entries()) files.set(`${i}`, part);
  files.set(first, parts[0]!);
  const [, second] = parts;
  if (first !== "index.json" && second !== undefined && toText(second).startsWith('{"manifests"'))
    files.set("index.json", second);
  return {
    label: "fuzzed",
    read: async (path) => files.get(path),
    locate: async (path) => {
      const part = files.get(path);
      if (part === undefined) return undefined;
      return { place: { kind: "streamed", member: path }, byteCount: part.length };
    },
  };
}

async function holdImages(find: (choice: ImageChoice) => Promise<FoundImages>): Promise<void> {
  for (const choice of CHOICES) await holdChosen(() => find(choice));
}

async function holdChosen(find: () => Promise<FoundImages>): Promise<void> {
  const found = await orRefusedLater(find);
  if (isRefused(found)) return;
  let count = 0;
  const walked = await orRefusedLater(async () => {
    for await (const image of found.images) {
      count += 1;
      if (count > MAX_IMAGES) break;
      if ("fault" in image) continue;
      assert.equal(image.layers.length, image.config.diffIds.length);
      for (const { digest, storedSize } of image.layers) {
        if (digest !== undefined) assert.match(digest, /^sha256:[0-9a-f]{64}$/);
        assert.ok(storedSize >= 0 && storedSize <= MAX_METADATA_BYTES);
      }
    }
  });
  if (!isRefused(walked)) assert.ok(count <= MAX_IMAGES, "more images than their documents can name");
}

function checkSource(input: Uint8Array): void {
  const text = toText(input);
  try {
    parseSource(text, NOWHERE);
  } catch (error) {
    assert.ok(error instanceof UsageError);
  }
  const { path, imageName } = splitImageName(text, NOWHERE);
  assert.equal(imageName === undefined ? path : `${path}:${imageName}`, text);
  const short = shortImageName(text);
  assert.ok(short.length <= text.length && text.includes(short));
}

const CONFIG =
  '{"os":"linux","architecture":"amd64","rootfs":{"diff_ids":["sha256:@4"]},"history":[{"created_by":"x"}]}';
const MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
const entry = (part: number) => `{"mediaType":"${MANIFEST_TYPE}","digest":"sha256:@${part}","size":@@${part}}`;
const LAYOUT = [
  `{"manifests":[${entry(1)},${entry(2)}]}`,
  `{"manifests":[${entry(2)}]}`,
  '{"config":{"digest":"sha256:@3","size":@@3},"layers":[{"digest":"sha256:@4","size":@@4}]}',
  CONFIG,
  "layer",
].join("\0");
const ARCHIVE = ['[{"Config":"1","RepoTags":["a:1"],"Layers":["2"]}]', CONFIG.replace("@4", "@2"), "layer"].join("\0");
const BOTH = [
  '[{"Config":"blobs/sha256/@3","RepoTags":["a:1","a:1","b"],"Layers":["blobs/sha256/@4"]}]',
  `{"manifests":[${entry(2)}]}`,
  ...LAYOUT.split("\0").slice(2),
].join("\0");

export const IMAGE_TARGETS: readonly FuzzTarget[] = [
  {
    name: "oci-layout",
    maxLength: 4096,
    check: (input) => holdImages((choice) => findLayoutImages(storeOf(resolveParts(input), "index.json"), choice)),
    isAsync: true,
    dictionary: [entry(1), entry(2), "@1", "@@1", "@3", '"platform":{"os":"linux"},', '"annotations":{"a":"b"},', "\0"],
    seeds: [LAYOUT],
  },
  {
    name: "docker-archive",
    maxLength: 4096,
    check: (input) => holdImages((choice) => findArchiveImages(storeOf(resolveParts(input), "manifest.json"), choice)),
    isAsync: true,
    dictionary: ['"RepoTags":["', '"Layers":["', '"Config":"', "blobs/sha256/@1", "@2", "\0"],
    seeds: [ARCHIVE, BOTH],
  },
  {
    name: "archive-members",
    maxLength: 3584,
    check: checkMembers,
    dictionary: ["manifest.json", "index.json", "blobs/sha256/", "../"],
    seeds: [
      buildTar([
        { path: "manifest.json", body: "[]" },
        { path: "a/layer.tar", type: "2", link: "../b/layer.tar" },
        { path: "b/layer.tar", type: "1", link: "a/layer.tar" },
        { path: "c", type: "2", link: "manifest.json" },
      ]),
    ],
  },
  {
    name: "source",
    maxLength: 128,
    check: checkSource,
    dictionary: [
      "docker-archive:",
      "oci:",
      "oci-archive:",
      "nix-store:",
      "guix-store:",
      "localhost/",
      "library/",
      ":latest",
    ],
    seeds: ["docker-archive:a:b:c", "oci:d", "docker-archive:-", "nix-store:", "docker.io/library/nginx:latest"],
  },
];
