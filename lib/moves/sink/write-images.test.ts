import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { InputError, UnreachableError, UsageError } from "#lib/model/problem.ts";
import { openEnvironment } from "#lib/sources/environment.ts";
import type { SourceImage, SourceLayer } from "#lib/sources/images/source-image.ts";
import { parseSource } from "#lib/sources/parse-source.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar, inChunks } from "#testing/builders/tar.ts";
import { areInstalled } from "#testing/run/registry.ts";
import type { ImageSink } from "./image-sink.ts";
import { parseTarget } from "./image-target.ts";
import { writeImages } from "./write-images.ts";

const folder = mkdtempSync(join(tmpdir(), "stratigraph-sink-"));
afterAll(() => rmSync(folder, { recursive: true }));

const environment = openEnvironment({ baseDir: folder, hasStdin: false, allowed: "all" });
const TAR = buildTar([
  { path: "etc/", type: "5", mode: 0o755 },
  { path: "etc/motd", body: "hello\n" },
  { path: "etc/issue", type: "1", link: "etc/motd" },
]);
const CONFIG = {
  created: "2026-01-01T00:00:00Z",
  architecture: "arm64",
  os: "linux",
  variant: "v8",
  config: { Cmd: ["/bin/cat", "/etc/motd"] },
  history: [{ created_by: "made by hand" }],
};

function write<T>(target: string, work: (sink: ImageSink) => Promise<T>, more = {}): Promise<T> {
  const { signal } = new AbortController();
  return writeImages(parseTarget(target, environment), { signal, environment, ...more }, work);
}

/** One image of one new layer. */
async function addOne(sink: ImageSink, { name = "motd:1", tar = TAR } = {}) {
  const layer = await sink.addLayer(inChunks(tar, 1000));
  const image = await sink.addImage({ config: CONFIG, layers: [layer], annotations: { made: "by hand" } });
  sink.name(name, image);
  return image;
}

async function openImages(source: string): Promise<SourceImage[]> {
  const parsed = parseSource(source, environment);
  if (parsed.kind !== "images") throw new TypeError(source);
  const opened = await parsed.open(new AbortController().signal);
  if (opened.kind !== "files" || opened.files.kind !== "store") throw new TypeError(source);
  const { images } = await opened.find(opened.files.store, "all");
  return (await Array.fromAsync(images)).map((image) => {
    if ("fault" in image) throw image.fault;
    return image;
  });
}

/** Every file with its bytes' digest. */
function listFiles(path: string): string[] {
  const names = readdirSync(path, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  return names
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((file) => `${file.slice(path.length)} ${createHash("sha256").update(readFileSync(file)).digest("hex")}`)
    .sort();
}

function listPartial(): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.includes(".partial"));
}

describe("a new layer", () => {
  it("is stored with both digests, and found again by name and platform", async () => {
    const image = await write("oci:new:motd:1", (sink) => addOne(sink, { name: "another" }));
    const [found, ...more] = await openImages("oci:new:motd:1");
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      digest: image.digest,
      config: { platform: { architecture: "arm64", variant: "v8" } },
    });
    const [descriptor] = JSON.parse(readFileSync(join(folder, "new/index.json"), "utf8")).manifests;
    expect(descriptor).toMatchObject({
      platform: { architecture: "arm64", os: "linux", variant: "v8" },
      annotations: { "org.opencontainers.image.ref.name": "motd:1" },
    });
    const [{ digest, diffId }] = found!.layers as [SourceLayer];
    const blob = readFileSync(join(folder, "new/blobs", digest!.replace(":", "/")));
    expect(`sha256:${createHash("sha256").update(TAR).digest("hex")}`).toBe(diffId);
    expect(execFileSync("gzip", ["-dc"], { input: blob })).toEqual(Buffer.from(TAR));
    expect(listPartial()).toEqual([]);
  });

  it("has the same bytes each time, in a layout and in an archive", async () => {
    for (const copy of ["a", "b"]) {
      await write(`oci:same-${copy}`, (sink) => addOne(sink));
      await write(`oci-archive:same-${copy}.tar`, (sink) => addOne(sink));
    }
    expect(listFiles(join(folder, "same-a"))).toEqual(listFiles(join(folder, "same-b")));
    expect(readFileSync(join(folder, "same-a.tar"))).toEqual(readFileSync(join(folder, "same-b.tar")));
  });

  it("is compressed with zstd if asked for", async () => {
    await write("oci:zstd", (sink) => addOne(sink), { compression: "zstd" });
    const [{ layers }] = (await openImages("oci:zstd")) as [SourceImage];
    expect(layers[0]!.mediaType).toMatch(/tar\+zstd$/);
    const blob = readFileSync(join(folder, "zstd/blobs", layers[0]!.digest!.replace(":", "/")));
    expect(execFileSync("zstd", ["-dc"], { input: blob })).toEqual(Buffer.from(TAR));
  });

  it("is stored once, however often it is added", async () => {
    await write("oci:twice", async (sink) => {
      const layers = await Promise.all([1, 2, 3].map(() => sink.addLayer(inChunks(TAR))));
      sink.name("twice", await sink.addImage({ config: CONFIG, layers }));
    });
    expect(listFiles(join(folder, "twice/blobs"))).toHaveLength(3);
  });
});

describe("a layer that exists", () => {
  it("is copied byte for byte", async () => {
    await write("oci:from", (sink) => addOne(sink), { compression: "zstd" });
    const [{ layers }] = (await openImages("oci:from")) as [SourceImage];
    await write("oci:to", async (sink) => {
      sink.name("to", await sink.addImage({ config: CONFIG, layers: [await sink.copyLayer(layers[0]!)] }));
    });
    expect(listFiles(join(folder, "to/blobs"))).toEqual(expect.arrayContaining([blobLine("from", layers[0]!)]));
    expect((await openImages("oci:to"))[0]!.layers[0]).toMatchObject({ mediaType: layers[0]!.mediaType });
  });

  it("is refused with another digest or length, and nothing is left", async () => {
    await write("oci:changed", (sink) => addOne(sink));
    const [{ layers }] = (await openImages("oci:changed")) as [SourceImage];
    const file = join(folder, "changed/blobs", layers[0]!.digest!.replace(":", "/"));
    const copy = (target: string) => write(target, async (sink) => void (await sink.copyLayer(layers[0]!)));
    const bytes = readFileSync(file);
    bytes[20]! ^= 1;
    writeFileSync(file, bytes);
    await expect(copy("oci:bad")).rejects.toThrow(/expected digest sha256:.*, got sha256:/);
    writeFileSync(file, bytes.subarray(1));
    await expect(copy("oci:bad")).rejects.toBeInstanceOf(InputError);
    expect(existsSync(join(folder, "bad"))).toBe(false);
    expect(listPartial()).toEqual([]);
  });

  it("of docker save is compressed, since no registry has it as it is", async () => {
    writeFileSync(join(folder, "saved.tar"), buildDockerArchive([TAR]));
    const [{ layers }] = (await openImages("docker-archive:saved.tar")) as [SourceImage];
    await write("oci:from-saved", async (sink) => {
      sink.name("saved", await sink.addImage({ config: CONFIG, layers: [await sink.copyLayer(layers[0]!)] }));
    });
    const [{ layers: copied }] = (await openImages("oci:from-saved")) as [SourceImage];
    expect(copied[0]).toMatchObject({ diffId: layers[0]!.diffId, mediaType: expect.stringMatching(/tar\+gzip$/) });
  });
});

describe("a target", () => {
  it("that is a layout gets one more name, and keeps its own images", async () => {
    await write("oci:shared", (sink) => addOne(sink, { name: "one" }));
    const before = listFiles(join(folder, "shared"));
    await write("oci:shared:two", (sink) => addOne(sink, { tar: buildTar([{ path: "two" }]) }));
    expect((await openImages("oci:shared")).map(({ name }) => name)).toEqual(["one", "two"]);
    const kept = before.filter((line) => !line.startsWith("/index.json"));
    expect(listFiles(join(folder, "shared"))).toEqual(expect.arrayContaining(kept));
  });

  it("is refused if something is in the way, and stays as it is", async () => {
    await write("oci:taken", (sink) => addOne(sink, { name: "one" }));
    mkdirSync(join(folder, "full"));
    writeFileSync(join(folder, "full/note"), "");
    writeFileSync(join(folder, "file"), "");
    const before = listFiles(folder);
    const refused = [
      ["oci:taken:one", /taken:one: an image one is there already/],
      ["oci:full", /oci:full: not empty, and not an OCI image layout/],
      ["oci:file", /oci:file: a file is there already/],
      ["oci-archive:file", /oci-archive:file: it is there already/],
    ] as const;
    for (const [target, message] of refused) {
      const writing = write(target, (sink) => addOne(sink));
      await expect(writing).rejects.toThrow(message);
      await expect(writing).rejects.toBeInstanceOf(UsageError);
    }
    expect(listFiles(folder)).toEqual(before);
  });

  it("does not take two images under one name", async () => {
    const writing = write("oci:both:name", async (sink) => {
      await addOne(sink, { name: "a" });
      await addOne(sink, { name: "b" });
    });
    await expect(writing).rejects.toThrow("oci:both:name: two images would be named name");
  });

  it("is left as it was when the work is interrupted or fails", async () => {
    const interrupt = new AbortController();
    const slow = async function* () {
      yield TAR;
      interrupt.abort();
      yield TAR;
    };
    const signalled = write("oci:stopped", (sink) => sink.addLayer(slow()), { signal: interrupt.signal });
    await expect(signalled).rejects.toThrow(expect.objectContaining({ name: "AbortError" }));
    const failing = write("oci:stopped", async (sink) => {
      await addOne(sink);
      throw new InputError("bad-tar", "layer", "a fault");
    });
    await expect(failing).rejects.toThrow("a fault");
    expect(existsSync(join(folder, "stopped"))).toBe(false);
    expect(listPartial()).toEqual([]);
  });

  it("that cannot be written is one line", async () => {
    const writing = write("oci:no/such/folder", (sink) => addOne(sink));
    await expect(writing).rejects.toThrow("oci:no/such/folder: its folder does not exist (ENOENT)");
    await expect(writing).rejects.toBeInstanceOf(UnreachableError);
  });

  it("that is misspelt lists the spellings", () => {
    expect(() => parseTarget("tar:x", environment)).toThrow("-o tar:x: expected");
    expect(() => parseTarget("oci:", environment)).toThrow(UsageError);
    expect(parseTarget("oci:a:b:c", environment)).toMatchObject({ path: join(folder, "a"), imageName: "b:c" });
  });
});

describe.skipIf(!areInstalled("skopeo", "umoci"))("what engines read", () => {
  it("is unpacked by umoci, and copied by skopeo from layout and archive", async () => {
    await write("oci:real", async (sink) => {
      const image = await addOne(sink);
      sink.name("index", await sink.addIndex([image]));
    });
    await write("oci-archive:real.tar", (sink) => addOne(sink));
    const bundle = join(folder, "bundle");
    execFileSync("umoci", ["unpack", "--rootless", "--image", `${join(folder, "real")}:motd:1`, bundle], {
      stdio: "pipe",
    });
    expect(readFileSync(join(bundle, "rootfs/etc/issue"), "utf8")).toBe("hello\n");
    for (const source of [
      `oci:${folder}/real:motd:1`,
      `oci:${folder}/real:index`,
      `oci-archive:${folder}/real.tar:motd:1`,
    ]) {
      rmSync(join(folder, "copied"), { recursive: true, force: true });
      execFileSync("skopeo", ["copy", "-q", "--all", source, `dir:${folder}/copied`], { stdio: "pipe" });
      expect(existsSync(join(folder, "copied/manifest.json"))).toBe(true);
    }
  });
});

describe.skipIf(!areInstalled("buildah"))("an engine's storage", () => {
  it("takes an image with gzip and zstd layers, and a whiteout", async () => {
    await write("oci:mixed", async (sink) => {
      const gzip = await sink.addLayer(inChunks(TAR));
      const hiding = await sink.addLayer(
        inChunks(buildTar([{ path: "etc/.wh.motd" }, { path: "etc/new", body: "new" }])),
      );
      sink.name("mixed", await sink.addImage({ config: CONFIG, layers: [gzip, hiding] }));
    });
    await write("oci:mixed-zstd", (sink) => addOne(sink, { name: "zstd" }), { compression: "zstd" });
    const storage = ["--root", join(folder, "root"), "--runroot", join(folder, "runroot"), "--storage-driver", "vfs"];
    const buildah = (...args: readonly string[]) =>
      execFileSync("buildah", [...storage, ...args], { stdio: "pipe", encoding: "utf8" });
    for (const image of ["mixed:mixed", "mixed-zstd:zstd"]) {
      const id = buildah("pull", "-q", `oci:${folder}/${image}`).trim();
      expect(JSON.parse(buildah("inspect", "--type", "image", id)).OCIv1.history).toEqual(CONFIG.history);
    }
  });
});

function blobLine(layout: string, { digest }: SourceLayer): string {
  const path = `/${digest!.replace(":", "/")}`;
  return listFiles(join(folder, layout, "blobs")).find((line) => line.startsWith(path))!;
}
