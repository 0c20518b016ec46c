import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildHeader, buildMember, buildTar } from "#testing/builders/tar.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { measureCli } from "#testing/run/run-cli.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

/** Memory limit of the process for any input. */
const MAX_RESIDENT = 512 * 1024 ** 2;
const MIB = 1024 ** 2;

const body = Buffer.from("#!/bin/sh\nexec true\n".repeat(5000));
const layer = gzipSync(
  buildTar([
    { path: "etc/", type: "5" },
    { path: "etc/motd", body },
  ]),
);
const good = buildDockerArchive([layer]);
const layerAt = Buffer.from(good).indexOf(layer);

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at]! ^= 0x10;
  return copy;
}

/** `count` copies of one gzip member: gzip members may follow each other, and this takes no time to make. */
function repeated(member: Uint8Array, count: number): Uint8Array {
  return Buffer.concat(new Array<Uint8Array>(count).fill(gzipSync(member)));
}

const anyDiffId = [`sha256:${"0".repeat(64)}`];

/** Ten million headers of empty files, 5 GB of tar. */
function buildManyEntries(): Uint8Array {
  const thousand = Array.from({ length: 1000 }, (_, i) => buildHeader({ path: `file${i}` }));
  return buildDockerArchive([repeated(Buffer.concat(thousand), 10_000)], { diffIds: anyDiffId });
}

/** A body of 20 GB of zeros in 20 MB. */
function buildBomb(): Uint8Array {
  const header = buildHeader({ path: "zeros", claimedBytes: 20 * 1024 * MIB });
  const layer = Buffer.concat([gzipSync(header), repeated(Buffer.alloc(64 * MIB), 320)]);
  return buildDockerArchive([layer], { diffIds: anyDiffId });
}

/** A size in GNU's base-256 form: 2^60 bytes. */
function buildClaim(): Uint8Array {
  const header = Buffer.from(buildHeader({ path: "huge" }));
  header.fill(0, 124, 136);
  header[124] = 0x80;
  header[128] = 0x10;
  header.fill(0x20, 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.set(Buffer.from(`${sum.toString(8).padStart(6, "0")}\0 `), 148);
  return buildDockerArchive([Buffer.concat([header, Buffer.alloc(2048)])]);
}

const longPath = buildMember({ path: "x", body: "x", pax: { path: `${"d/".repeat(50_000)}x` } });
const deepJson = `${"[".repeat(1000)}${"]".repeat(1000)}`;

const inputs: [name: string, build: () => Uint8Array, says: RegExp][] = [
  ["an archive cut in a layer", () => good.subarray(0, layerAt + 200), /truncated|ends in/],
  [
    "an archive cut before its manifest",
    () => good.subarray(0, layerAt + layer.length),
    /manifest\.json|middle of a member/,
  ],
  ["a flipped bit in a compressed layer", () => flipped(good, layerAt + 100), /0\/layer\.tar/],
  ["a flipped bit in a config", () => flipped(good, Buffer.from(good).indexOf("amd64")), /digest/],
  ["a diffID that is another layer's", () => buildDockerArchive([layer], { diffIds: anyDiffId }), /diffID/],
  ["a digest that is none", () => buildDockerArchive([layer], { diffIds: ["sha256:short"] }), /SHA-256 digest/],
  ["fewer diffIDs than layers", () => buildDockerArchive([layer], { diffIds: [] }), /1 layers .* 0 diffIDs/],
  ["a gzip bomb", buildBomb, /0\/layer\.tar.*expan/i],
  ["a header that claims 2^60 bytes", buildClaim, /huge.*11529215046068\d+ bytes/],
  ["ten million empty entries", buildManyEntries, /more than 600000 entries/],
  ["a path of 100 kB", () => buildDockerArchive([longPath]), /100001 bytes|4096/],
  ["JSON 1,000 deep", () => buildTar([{ path: "manifest.json", body: deepJson }]), /manifest\.json.*deep/],
  ["a manifest that is no list", () => buildTar([{ path: "manifest.json", body: "null" }]), /manifest\.json/],
  [
    "a link loop",
    () => buildTar([{ path: "manifest.json", type: "2", link: "manifest.json" }]),
    /not a container image/,
  ],
  ["a layer outside the archive", () => escaping(), /layer 1 is missing/],
  ["a text file", () => Buffer.from("not an image at all\n".repeat(100)), /not a tar archive/],
  ["a text file shorter than a block", () => Buffer.from("not an image at all\n"), /not a tar archive/],
  [
    "an xz archive",
    () => Buffer.from("fd377a585a000004".repeat(80), "hex"),
    /compressed with xz, which is not supported/,
  ],
  ["a bzip2 archive", () => Buffer.from("425a683931415926".repeat(80), "hex"), /compressed with bzip2/],
  [
    "a layer in lz4",
    () => buildDockerArchive([Buffer.from("04224d1864408070".repeat(80), "hex")]),
    /0\/layer\.tar.*compressed with lz4/,
  ],
  [
    "a layer in lzip",
    () => buildDockerArchive([Buffer.from("LZIP\x01".repeat(200), "latin1")]),
    /compressed with lzip/,
  ],
  [
    "a layer in lzma",
    () => buildDockerArchive([Buffer.from("5d0000800000".repeat(200), "hex")]),
    /compressed with lzma/,
  ],
  [
    "a zip archive",
    () => Buffer.from("504b0304140000".repeat(200), "hex"),
    /compressed with zip, which is not supported/,
  ],
  ["a layer by compress", () => buildDockerArchive([Buffer.from("1f9d90".repeat(300), "hex")]), /compress \(\.Z\)/],
  [
    "a config whose name has 3,000 letters",
    () => buildTar([{ path: "manifest.json", body: manifestOf("c".repeat(3000)) }]),
    /^stratigraph: error: \S+: c{300,} … c{100,}: the image config is missing$/,
  ],
  ["a million names for one image", () => withTags(new Array(1_040_000).fill("a")), /more than 400000 values/],
  ["two million names that are numbers", () => withTags(new Array(2_000_000).fill(1)), /more than 400000 values/],
  ["nothing", () => new Uint8Array(0), /not a container image/],
];

function withTags(tags: readonly unknown[]): Uint8Array {
  const body = JSON.stringify([{ Config: "c.json", RepoTags: tags, Layers: [] }]);
  return buildTar([{ path: "manifest.json", body }]);
}

const manifestOf = (config: string) => JSON.stringify([{ Config: config, RepoTags: null, Layers: [] }]);

function escaping(): Uint8Array {
  const config = JSON.stringify({ rootfs: { diff_ids: anyDiffId } });
  const manifest = [{ Config: "c.json", RepoTags: null, Layers: ["../../../../../etc/passwd"] }];
  return buildTar([
    { path: "c.json", body: config },
    { path: "manifest.json", body: JSON.stringify(manifest) },
  ]);
}

describe("bad input", () => {
  const place = makeTestPlace();
  const { folder } = place;
  const file = join(folder, "image.tar");

  async function expectRefused(run: Awaited<ReturnType<typeof measureCli>>, says: RegExp): Promise<void> {
    expect(run.stderr.trim()).toMatch(says);
    expect(run.stderr.trim().split("\n")).toHaveLength(1);
    expect(run.stderr).not.toContain(folder);
    expect(run.status).toBe(3);
    expect(run.peakBytes).toBeLessThan(MAX_RESIDENT);
    const { rows } = await place.database.pool.query(
      "SELECT (SELECT count(*) FROM artifact)::int + (SELECT count(*) FROM layer)::int + (SELECT count(*) FROM content)::int AS stored",
    );
    expect(rows).toEqual([{ stored: 0 }]);
  }

  it.each(inputs)("%s ends with one line and exit 3, nothing stored, memory bounded", async (_name, build, says) => {
    writeFileSync(file, build());
    const run = await measureCli(["scan", `docker-archive:${file}`], { databaseUrl: place.database.url });
    await expectRefused({ ...run, stderr: run.stderr.replaceAll(`docker-archive:${file}`, "SOURCE") }, says);
  });

  it.each(inputs)("%s: the same through standard input", async (_name, build, says) => {
    const run = await measureCli(["scan", "docker-archive:-"], { databaseUrl: place.database.url, input: [build()] });
    await expectRefused(run, says);
  });

  it("a good image is stored after all of them", async () => {
    writeFileSync(file, good);
    const fresh = await openTestDatabase();
    const run = await measureCli(["scan", `docker-archive:${file}`], { databaseUrl: fresh.url });
    await fresh.close();
    expect([run.status, readFileSync(file).length]).toEqual([0, good.length]);
  });
});
