import { readFileSync } from "node:fs";
import { join } from "node:path";
import { zstdDecompressSync } from "node:zlib";
import { encodeHeader, endBlocks, padding, TarParser, Typeflag } from "#lib/formats/tar/index.ts";
import { parseTarget } from "#lib/moves/sink/image-target.ts";
import { writeImages } from "#lib/moves/sink/write-images.ts";
import { openEnvironment } from "#lib/sources/environment.ts";

/**
 * The eight packages in which fleet-apt's bases differ, in the order in which they are updated: one version for each line. Packages of
 * one source come together, as they do from Debian.
 */
const UPDATES = [
  ["tzdata"],
  ["gzip"],
  ["libaudit-common", "libaudit1"],
  ["libssl3t64", "openssl-provider-legacy"],
  ["libc6"],
  ["libc-bin"],
] as const;

/** Names of the versions, the oldest first. */
export const VERSION_NAMES = ["v0", ...UPDATES.map((_, at) => `v${at + 1}`)];

const STATUS = "var/lib/dpkg/status";

/** Path → the member as it is, with its header and padding. */
type Members = Map<string, Buffer>;

/**
 * Writes seven successive versions of o-nginx into a layout: in each, some packages of its base are those of t-nginx's, files, lists and
 * paragraphs of the status; the last one has the new base's caches, too. Each has two layers, a base and nginx on it, as when each was
 * built with its Dockerfile. Times are those of the packages and of the day of the build that the fleet pins.
 */
export async function writeVersions(fleet: string, to: string): Promise<void> {
  const [oldBase, oldUpper] = readLayers(fleet, "o-nginx");
  const [newBase, newUpper] = readLayers(fleet, "t-nginx");
  const environment = openEnvironment({ baseDir: "/", hasStdin: false, allowed: "all" });
  const options = { environment, signal: new AbortController().signal, compression: "zstd" } as const;
  await writeImages(parseTarget(`oci:${to}`, environment), options, async (sink) => {
    for (const [at, name] of VERSION_NAMES.entries()) {
      const updated = new Set<string>(UPDATES.slice(0, at).flat());
      const base = at === UPDATES.length ? newBase! : update(oldBase!, newBase!, updated);
      const upper = new Map(oldUpper!).set(STATUS, mergeStatus(oldUpper!, newUpper!, updated));
      const layers = [await sink.addLayer(toTar(base)), await sink.addLayer(toTar(upper))];
      const history = layers.map((_, layer) => ({ created_by: layer === 0 ? "ADD rootfs" : "RUN apt install nginx" }));
      sink.name(
        name,
        await sink.addImage({ config: { architecture: "amd64", os: "linux", config: {}, history }, layers }),
      );
    }
  });
}

function readLayers(fleet: string, name: string): Members[] {
  const read = (digest: string) => readFileSync(join(fleet, "blobs/sha256", digest.slice("sha256:".length)));
  const { manifests } = JSON.parse(readFileSync(join(fleet, "index.json"), "utf8"));
  type Listed = { digest: string; annotations: Record<string, string> };
  const { digest } = manifests.find(({ annotations }: Listed) => Object.values(annotations).includes(name));
  const { layers } = JSON.parse(read(digest).toString()) as { layers: { digest: string }[] };
  return layers.map((layer) => readMembers(zstdDecompressSync(read(layer.digest))));
}

/** A member begins where the one before it ends. */
function readMembers(tar: Buffer): Members {
  const members: Members = new Map();
  let [start, at, path] = [0, 0, ""];
  const keep = () => {
    if (path !== "") members.set(path, tar.subarray(start, at));
    start = at;
  };
  const round = (length: number) => Math.ceil(length / 512) * 512;
  let isHead = false;
  const parser = new TarParser({
    raw: (piece) => {
      if (!isHead) keep();
      isHead = true;
      at += round(piece.length);
    },
    entry: (entry) => {
      path = Buffer.from(entry.path).toString("latin1").replace(/^\.\//, "").replace(/\/$/, "");
      at += round(entry.byteCount);
      isHead = false;
    },
    body: () => {},
    endEntry: () => {},
    warn: () => {},
  });
  parser.write(tar);
  keep();
  return members;
}

function update(before: Members, after: Members, updated: ReadonlySet<string>): Members {
  const [gone, come] = [listFiles(before, updated), listFiles(after, updated)];
  const kept = [...before].filter(([path]) => !gone.has(path));
  const added = [...after].filter(([path]) => come.has(path));
  return new Map([...kept, ...added]).set(STATUS, mergeStatus(before, after, updated));
}

/** Files of packages, by dpkg's lists, and what dpkg keeps of each package. Not directories, which they share. */
function listFiles(members: Members, packages: ReadonlySet<string>): Set<string> {
  const files = new Set<string>();
  for (const [path, member] of members) {
    const own = /^var\/lib\/dpkg\/info\/([^:/]+?)(?::amd64)?\.(\w+)$/.exec(path);
    if (own === null || !packages.has(own[1]!)) continue;
    files.add(path);
    if (own[2] !== "list") continue;
    for (const line of bodyOf(member).split("\n")) files.add(line.slice(1));
  }
  return new Set([...files].filter((path) => members.get(path)?.[156] !== Typeflag.directory));
}

function bodyOf(member: Buffer): string {
  const length = Number.parseInt(member.toString("latin1", 124, 135), 8);
  return member.toString("utf8", 512, 512 + length);
}

/** The status with the paragraphs of the updated packages. */
function mergeStatus(before: Members, after: Members, updated: ReadonlySet<string>): Buffer {
  const nameOf = (paragraph: string) => /^Package: (.*)$/m.exec(paragraph)?.[1] ?? "";
  const paragraphs = (members: Members) => bodyOf(members.get(STATUS)!).trimEnd().split("\n\n");
  const now = new Map(paragraphs(after).map((paragraph) => [nameOf(paragraph), paragraph]));
  const merged = paragraphs(before).map((paragraph) => {
    const name = nameOf(paragraph);
    return updated.has(name) ? (now.get(name) ?? paragraph) : paragraph;
  });
  const body = Buffer.from(`${merged.join("\n\n")}\n\n`);
  const head = {
    typeflag: Typeflag.file,
    path: Buffer.from(STATUS),
    mode: 0o644,
    uid: 0,
    gid: 0,
    mtime: 1_750_000_000,
  };
  return Buffer.concat([encodeHeader({ ...head, byteCount: body.length }), body, padding(body.length)]);
}

async function* toTar(members: Members): AsyncGenerator<Uint8Array> {
  for (const path of [...members.keys()].sort()) yield members.get(path)!;
  yield endBlocks();
}
