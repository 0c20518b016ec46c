import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { sha256 } from "#testing/builders/image-archive.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { honestImage, startLyingRegistry } from "#testing/run/lying-registry.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

const GZIP = "application/vnd.oci.image.layer.v1.tar+gzip";
const EROFS = "application/vnd.erofs.layer.v1";
const ENCRYPTED = `${GZIP}+encrypted`;
const FOREIGN = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";
const NONDISTRIBUTABLE = "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip";

interface TestLayer {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** The layout does not contain it. */
  readonly isAbsent?: boolean;
}

const place = makeTestPlace();
let count = 0;

/** An OCI layout of one image with these layers above an ordinary one. */
function writeLayout(layers: readonly TestLayer[]): string {
  const folder = join(place.folder, `${count++}`);
  mkdirSync(join(folder, "blobs/sha256"), { recursive: true });
  const put = (bytes: Uint8Array | string, mediaType: string, isAbsent = false) => {
    const body = Buffer.from(bytes);
    if (!isAbsent) writeFileSync(join(folder, "blobs/sha256", sha256(body)), body);
    return { mediaType, digest: `sha256:${sha256(body)}`, size: body.length };
  };
  const plain = { mediaType: GZIP, bytes: gzipSync(buildTar([{ path: `plain-${count}`, body: "x" }])) };
  const all = [plain, ...layers];
  const diffIds = all.map(({ bytes }) => `sha256:${sha256(bytes[0] === 0x1f ? gunzipSync(bytes) : bytes)}`);
  const config = put(
    JSON.stringify({ os: "linux", architecture: "amd64", rootfs: { type: "layers", diff_ids: diffIds } }),
    "application/vnd.oci.image.config.v1+json",
  );
  const described = all.map(({ bytes, mediaType, isAbsent }: TestLayer) => put(bytes, mediaType, isAbsent));
  const type = "application/vnd.oci.image.manifest.v1+json";
  const manifest = put(JSON.stringify({ schemaVersion: 2, mediaType: type, config, layers: described }), type);
  writeFileSync(join(folder, "oci-layout"), '{"imageLayoutVersion":"1.0.0"}');
  writeFileSync(join(folder, "index.json"), JSON.stringify({ schemaVersion: 2, manifests: [manifest] }));
  return folder;
}

const run = (...args: string[]) => runCli(args, { databaseUrl: place.database.url });
const countArtifacts = async () =>
  (await place.database.pool.query<{ count: number }>("SELECT count(*)::int AS count FROM artifact")).rows[0]!.count;

describe("a layer that cannot be read", () => {
  const bytes = Buffer.from("no tar");
  it.each<[string, TestLayer[], string]>([
    ["of EROFS", [{ mediaType: EROFS, bytes }], `layer 2 is an EROFS file system (${EROFS}), not a tar`],
    ["encrypted", [{ mediaType: ENCRYPTED, bytes }], `layer 2 is encrypted (${ENCRYPTED}): decrypt the image first`],
    [
      "of Windows' base without its bytes",
      [{ mediaType: FOREIGN, bytes, isAbsent: true }],
      `layer 2 is foreign (${FOREIGN}), and not in the image`,
    ],
    [
      "non-distributable, without its bytes",
      [{ mediaType: NONDISTRIBUTABLE, bytes, isAbsent: true }],
      `layer 2 is foreign (${NONDISTRIBUTABLE}), and not in the image`,
    ],
    ["of an unknown type", [{ mediaType: "x/unknown", bytes }], "layer 2 is of a type that is not read (x/unknown)"],
    ["of an unknown compression", [{ mediaType: `${GZIP}x`, bytes }], "layer 2 is of a type that is not read"],
    [
      "beside others",
      [
        { mediaType: EROFS, bytes },
        { mediaType: EROFS, bytes: Buffer.from("another") },
        { mediaType: ENCRYPTED, bytes: Buffer.from("third") },
      ],
      `layers 2, 3 are an EROFS file system (${EROFS}), not a tar; layer 4 is encrypted`,
    ],
  ])("%s is named in one line, and nothing is stored", async (_, layers, says) => {
    const before = await countArtifacts();
    const layout = writeLayout(layers);
    const { status, stderr } = await run("scan", `oci:${layout}`);
    expect([status, stderr.trim().split("\n").length]).toEqual([3, 1]);
    expect(stderr).toContain(says);
    expect(await countArtifacts()).toBe(before);
    const taken = await run("scan", `oci:${layout}`, "--manifests-only");
    expect([taken.status, await countArtifacts()]).toEqual([0, before + 1]);
  });

  it("of Windows' base is read if its bytes are there", async () => {
    const layer = { mediaType: FOREIGN, bytes: gzipSync(buildTar([{ path: "Files/a", body: "a" }])) };
    expect((await run("scan", `oci:${writeLayout([layer])}`)).status).toBe(0);
  });

  it("that is foreign and not in the registry is named as such", async () => {
    const honest = honestImage();
    const manifest = Buffer.from(
      honest.manifest.toString().replace("application/vnd.oci.image.layer.v1.tar", FOREIGN.replace(".gzip", "")),
    );
    const isLayer = (path: string) => path.endsWith(`/blobs/${honest.layerDigest}`);
    const registry = await startLyingRegistry(
      (path, response) => {
        if (isLayer(path)) response.writeHead(404).end();
        return isLayer(path);
      },
      { ...honest, manifest },
    );
    const { status, stderr } = await run("scan", `docker://${registry.host}/app:1`);
    await registry.stop();
    expect([status, stderr.trim().split("\n").length]).toEqual([3, 1]);
    expect(stderr).toContain("the layer is foreign (application/vnd.docker.image.rootfs.foreign.diff.tar)");
  });
});

/** An eStargz blob (stargz-snapshotter, "eStargz.md"): each file in a gzip member of its own, the table of contents, a footer. */
function buildStargz(): Buffer {
  const tar = Buffer.from(
    buildTar([
      { path: "a", body: "a".repeat(600) },
      { path: "stargz.index.json", body: "{}" },
    ]),
  );
  const parts = [tar.subarray(0, 1536), tar.subarray(1536)].map((part) => gzipSync(part));
  // RFC 1952 with FEXTRA "SG", whose 22 bytes are the table's offset and "STARGZ", around an empty block.
  const offset = `${parts[0]!.length.toString(16).padStart(16, "0")}STARGZ`;
  const head = Buffer.from([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0xff, 26, 0, 0x53, 0x47, 22, 0]);
  const empty = Buffer.from([1, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0]);
  return Buffer.concat([...parts, head, Buffer.from(offset, "latin1"), empty]);
}

describe("a layer with a table of contents is read like any other", () => {
  const files = async (name: string) =>
    (await runCliJson<{ entries: { path: string }[] }>(["files", name], { databaseUrl: place.database.url })).entries;

  it("in eStargz", async () => {
    const bytes = buildStargz();
    expect(gunzipSync(bytes).subarray(0, 1)).toEqual(Buffer.from("a"));
    const { status, stderr } = await run(
      "scan",
      `oci:${writeLayout([{ mediaType: GZIP, bytes }])}`,
      "--name",
      "stargz",
    );
    expect([status, stderr]).toEqual([0, expect.not.stringContaining("warning")]);
    expect((await files("stargz")).map(({ path }) => path)).toEqual(expect.arrayContaining(["a", "stargz.index.json"]));
  });

  it.skipIf(spawnSync("skopeo", ["--version"]).status !== 0)("in zstd:chunked, as skopeo writes it", async () => {
    const members = Array.from({ length: 40 }, (_, i) => ({ path: `d/${i}`, body: `${i}`.repeat(5000) }));
    const plain = writeLayout([{ mediaType: GZIP, bytes: gzipSync(buildTar(members)) }]);
    const chunked = join(place.folder, "chunked");
    const args = ["copy", "--insecure-policy", "--dest-compress-format", "zstd:chunked"];
    const copied = spawnSync("skopeo", [...args, `oci:${plain}`, `oci:${chunked}:x`], { encoding: "utf8" });
    expect([copied.status, copied.stderr]).toEqual([0, ""]);
    const blobs = readdirSync(join(chunked, "blobs/sha256")).map((name) =>
      readFileSync(join(chunked, "blobs/sha256", name)),
    );
    // The table of contents is in a skippable frame at the end: RFC 8878, 3.1.2.
    const withTable = blobs.filter((blob) => blob.subarray(-72).includes("GNUlInUx"));
    expect(withTable.length).toBeGreaterThan(0);
    // First, because layers that are known are not read.
    const [one, other] = [await run("scan", `oci:${chunked}`, "--name", "chunked"), await run("scan", `oci:${plain}`)];
    expect([one.status, other.status]).toEqual([0, 0]);
    expect((await files("chunked")).length).toBeGreaterThan(0);
    // The same tars, so no layer is new.
    const { rows } = await place.database.pool.query(
      "SELECT count(DISTINCT l.id)::int AS layers FROM layer l JOIN blob b ON b.layer_id = l.id WHERE b.compression = 'zstd'",
    );
    expect(rows).toEqual([{ layers: 2 }]);
    rmSync(chunked, { recursive: true });
  });
});
