import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { InputError } from "#lib/model/problem.ts";
import { openEnvironment } from "#lib/sources/environment.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar, type TarMember } from "#testing/builders/tar.ts";
import { areInstalled } from "#testing/run/registry.ts";
import { canUnpack, differingNames, type UnpackedName, unpackImage } from "#testing/run/unpacked.ts";
import { parseTarget } from "../sink/image-target.ts";
import { type RelayerOptions, relayer } from "./relayer.ts";

const folder = mkdtempSync(join(tmpdir(), "stratigraph-relayer-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

const environment = openEnvironment({ baseDir: folder, hasStdin: false, allowed: "all" });
let count = 0;

function writeArchive(name: string, layers: readonly (readonly TarMember[])[], config: object = {}): string {
  const path = join(folder, `${name}-${count++}.tar`);
  writeFileSync(
    path,
    buildDockerArchive(
      layers.map((members) => buildTar(members)),
      { name, config },
    ),
  );
  return `docker-archive:${path}`;
}

const run = (sources: readonly string[], options: Partial<RelayerOptions> & { to?: string } = {}) =>
  relayer(sources, {
    environment,
    platform: "all",
    signal: new AbortController().signal,
    goal: "set",
    maxLayers: 8,
    target: options.to === undefined ? undefined : parseTarget(options.to, environment),
    ...options,
  });

/** The same image as a layout, by a tool that is not ours. */
async function toLayout(source: string, name: string): Promise<string> {
  const { execFileSync } = await import("node:child_process");
  const layout = join(folder, `layout-${count++}`);
  execFileSync("skopeo", ["copy", "-q", source, `oci:${layout}:${name}`], { stdio: "pipe" });
  return layout;
}

const unpacked = new Map<string, Record<string, UnpackedName>>();

async function unpackSource(source: string, name: string): Promise<Record<string, UnpackedName>> {
  const tree = unpacked.get(name) ?? unpackImage(await toLayout(source, name), name, join(folder, `a-${count++}`));
  unpacked.set(name, tree);
  return tree;
}

const directory = (path: string, more: Partial<TarMember> = {}): TarMember => ({
  path,
  type: "5",
  mode: 0o755,
  ...more,
});
const LONG = `opt/${"long/".repeat(30)}name`;

/** Everything that a tar can say and a file system can keep. */
const BASE: readonly TarMember[] = [
  directory("etc/", { mode: 0o750, uid: 3, gid: 4, mtime: 1_600_000_001, pax: { "SCHILY.xattr.user.of": "etc" } }),
  { path: "etc/passwd", body: "root:x:0:0::/:/bin/sh\n", mode: 0o640, uid: 1, gid: 2, mtime: 1_600_000_002 },
  { path: "etc/old", body: "removed above" },
  { path: "bin/su", body: "setuid", mode: 0o4755, mtime: 7 },
  {
    path: "bin/ping",
    body: "capable",
    mode: 0o755,
    pax: { "SCHILY.xattr.user.cap": "a\u0001b", mtime: "1600000003.123456789" },
  },
  { path: "bin/sh", type: "2", link: "../usr/bin/with a space", mtime: 9 },
  { path: LONG.slice(0, 90), body: "a prefix is part of the name", prefix: "deep/er" },
  { path: "x", body: "long", pax: { path: LONG } },
  { path: "a/first", body: "three names", uid: 8, mtime: 11 },
  { path: "z/third", type: "1", link: "a/first" },
  { path: "b/second", type: "1", link: "a/first" },
  { path: "a/hidden", body: "its own name is hidden", mode: 0o600, mtime: 12, pax: { "SCHILY.xattr.user.h": "1" } },
  { path: "c/left", type: "1", link: "a/hidden", mode: 0o600, mtime: 12 },
  { path: "dev/null", type: "3", mode: 0o666 },
  { path: "run/pipe", type: "6", mode: 0o600 },
  { path: Buffer.from([0x6e, 0xff, 0xe9]), body: "not UTF-8" },
  { path: "gone/by/opaque", body: "hidden" },
  { path: "dir/becomes/a", body: "file" },
  { path: "empty", body: "" },
  { path: "implied/only/here", body: "removed above, its directories are not" },
  { path: Buffer.from("implied/back\\slash/n\xff/here", "latin1"), body: "removed above, its directories are not" },
  // After what is in them: umoci makes missing directories without keeping the time of the one above.
  directory("opt", { mtime: 5 }),
  directory("dir", { mtime: 6 }),
  directory("./", { mtime: 1_600_000_000 }),
];

const UPPER: readonly TarMember[] = [
  directory("etc", { mode: 0o755, mtime: 1_600_000_100 }),
  { path: "etc/.wh.old" },
  { path: "a/.wh.hidden" },
  { path: "gone/.wh..wh..opq" },
  { path: "gone/kept", body: "kept" },
  { path: "dir", body: "now a file", mtime: 3 },
  { path: "etc/linked-from-above", type: "1", link: "etc/passwd", mode: 0o640, uid: 1, gid: 2, mtime: 1_600_000_002 },
  { path: "implied/only/.wh.here" },
  { path: Buffer.from("implied/back\\slash/n\xff/.wh.here", "latin1") },
];

const OTHER: readonly TarMember[] = [
  directory("etc", { mode: 0o700, mtime: 44 }),
  { path: "etc/passwd", body: "root:x:0:0::/:/bin/sh\n", mode: 0o644, uid: 1, gid: 2, mtime: 1_600_000_002 },
  { path: "etc/own", body: "own" },
  { path: "z/.wh.third" },
];

const fixtures = () => [
  writeArchive("upper", [BASE, UPPER]),
  writeArchive("other", [BASE, OTHER]),
  writeArchive("base", [BASE]),
];
const NAMES = ["upper", "other", "base"] as const;

describe.skipIf(!canUnpack() || !areInstalled("skopeo"))("the squashed tree of a relayered image", () => {
  for (const [goal, maxLayers] of [
    ["set", 8],
    ["set", 2],
    ["set", 1],
    ["update", 3],
    ["update", 20],
  ] as const) {
    it(`is the same in every attribute, for the goal ${goal} with ${maxLayers} layers at most`, async () => {
      const sources = fixtures();
      const to = join(folder, `out-${count++}`);
      const { answer } = await run(sources, { goal, maxLayers, to: `oci:${to}` });
      expect(answer.output).toBe(`oci:${to}`);
      for (const [at, name] of NAMES.entries()) {
        expect(answer.images[at]!.layers.length).toBeLessThanOrEqual(maxLayers);
        const before = await unpackSource(sources[at]!, name);
        const after = unpackImage(to, name, join(folder, `b-${count++}`));
        expect(Object.keys(after).length).toBeGreaterThan(40);
        // No entry says what these are: an engine takes the time at which it unpacks.
        const stated = (tree: typeof before) =>
          Object.fromEntries(Object.entries(tree).filter(([path]) => !IMPLIED.has(path)));
        expect(differingNames(stated(before), stated(after))).toEqual([]);
        for (const path of IMPLIED) expect([path, after[path]?.mode]).toEqual([path, before[path]?.mode]);
      }
    });
  }
});

/** Directories without an entry. */
const IMPLIED = new Set(
  [
    "bin",
    "a",
    "b",
    "c",
    "z",
    "dev",
    "run",
    "gone",
    "gone/by",
    "dir/becomes",
    "implied",
    "implied/only",
    "implied/back\\slash",
    "implied/back\\slash/n\xff",
    "deep",
    "deep/er",
  ].concat([...parents(LONG), ...parents(`deep/er/${LONG.slice(0, 90)}`)].filter((path) => path !== "opt")),
);

function* parents(path: string): Generator<string> {
  for (let at = path.indexOf("/"); at > 0; at = path.indexOf("/", at + 1)) yield path.slice(0, at);
}

/** Bytes of every file of a layout by name. */
function readBlobs(layout: string): Record<string, string> {
  const blobs = readdirSync(join(layout, "blobs/sha256")).sort();
  return Object.fromEntries(blobs.map((name) => [name, sha256(readFileSync(join(layout, "blobs/sha256", name)))]));
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe("a relayered set", () => {
  it("is the same bytes each time", async () => {
    const [a, b] = ["same-a", "same-b"].map((name) => join(folder, name));
    for (const to of [a!, b!]) await run(fixtures(), { to: `oci:${to}` });
    expect(readBlobs(a!)).toEqual(readBlobs(b!));
    expect(readFileSync(join(a!, "index.json"))).toEqual(readFileSync(join(b!, "index.json")));
  });

  it("has one copy of what images share, however their layers were built", async () => {
    const [one, two] = [
      { path: "1", body: "1".repeat(1000) },
      { path: "2", body: "2".repeat(2000) },
    ];
    const sources = [
      writeArchive("a", [[one], [two]]),
      writeArchive("b", [[two], [one]]),
      writeArchive("c", [[one, two]]),
    ];
    const { answer } = await run(sources);
    expect([answer.before, answer.after]).toEqual([
      { bytes: 6000, layers: 3 },
      { bytes: 3000, layers: 1 },
    ]);
    expect(answer.fileBytes).toBe(3000);
  });

  it("keeps equal contents apart if owner, mode, time, attributes or links differ", async () => {
    const file = { path: "f", body: "x".repeat(100), mode: 0o644, mtime: 1 };
    const variants: TarMember[][] = [
      [file],
      [{ ...file, mode: 0o755 }],
      [{ ...file, uid: 1 }],
      [{ ...file, mtime: 2 }],
      [{ ...file, pax: { mtime: "1.5" } }],
      [{ ...file, pax: { "SCHILY.xattr.user.a": "b" } }],
      [file, { path: "g", type: "1", link: "f" }],
    ];
    const { answer } = await run(variants.map((members, at) => writeArchive(`v${at}`, [members])));
    expect(answer.after.bytes).toBe(100 * variants.length);
    // The same said in other words is the same.
    const said = [
      { ...file, format: "gnu" as const },
      { ...file, pax: { mtime: "1.0", atime: "9", path: "./f" } },
    ];
    const same = await run([
      writeArchive("a", [[file]]),
      ...said.map((member, at) => writeArchive(`s${at}`, [[member]])),
    ]);
    expect(same.answer.after.bytes).toBe(100);
    const anyTime = await run(
      variants.map((members, at) => writeArchive(`v${at}`, [members])),
      { mtime: 0 },
    );
    expect(anyTime.answer.after.bytes).toBe(100 * (variants.length - 2));
  });

  it("says what any layers need at least, by hand: each name with its content and attributes once", async () => {
    const at = (path: string, body: string, size: number, mtime: number) => ({ path, body: body.repeat(size), mtime });
    const sources = [
      writeArchive("a", [[at("x", "x", 100, 1), at("y", "y", 50, 1), at("z", "x", 100, 1)]]),
      writeArchive("b", [[at("x", "x", 100, 1), at("y", "y", 50, 2)]]),
    ];
    // 250 + 150; x and y; x, z, and y at two times. One layer each can share nothing.
    const two = await run(sources, { maxLayers: 2 });
    expect(two.answer).toMatchObject({
      before: { bytes: 400 },
      fileBytes: 150,
      floorBytes: 300,
      after: { bytes: 300 },
    });
    const one = await run(sources, { maxLayers: 1 });
    expect(one.answer).toMatchObject({ before: { bytes: 400 }, floorBytes: 300, after: { bytes: 400 } });
    const anyTime = await run(sources, { maxLayers: 2, mtime: 0 });
    expect(anyTime.answer).toMatchObject({ fileBytes: 150, floorBytes: 250, after: { bytes: 250 } });
  });

  it("has the settings of its images, with a history that says what each layer holds", async () => {
    const config = {
      created: "2026-01-02T03:04:05Z",
      config: { Env: ["A=b"], Labels: { of: "mine" } },
      unknown: [1],
      history: [{ created_by: "old" }],
    };
    const to = join(folder, "settings");
    await run([writeArchive("a", [BASE], config), writeArchive("b", [BASE, OTHER])], { to: `oci:${to}` });
    const read = (digest: string) => readFileSync(join(to, "blobs/sha256", digest.slice(7)));
    const { manifests } = JSON.parse(readFileSync(join(to, "index.json"), "utf8"));
    const manifest = JSON.parse(read(manifests[0].digest).toString());
    const written = JSON.parse(read(manifest.config.digest).toString());
    expect(written).toMatchObject({ created: config.created, config: config.config, unknown: [1], os: "linux" });
    const layers = manifest.layers.map(
      ({ digest }: { digest: string }) => `sha256:${sha256(gunzipSync(read(digest)))}`,
    );
    expect(written.rootfs).toEqual({ type: "layers", diff_ids: layers });
    expect(written.history.map(({ created_by }: { created_by: string }) => created_by)).toEqual([
      "stratigraph relayer: files of 2 images: a, b",
      "stratigraph relayer: own files and directories",
    ]);
  });

  it("leaves global headers out, which umoci refuses and others ignore", async () => {
    const to = join(folder, "global");
    await run(
      [
        writeArchive("g", [
          [
            { path: "g", type: "g", body: "19 comment=nothing\n" },
            { path: "f", body: "x" },
          ],
        ]),
      ],
      {
        to: `oci:${to}`,
      },
    );
    const [tar] = readdirSync(join(to, "blobs/sha256"))
      .map((name) => readFileSync(join(to, "blobs/sha256", name)))
      .filter((bytes) => bytes[0] === 0x1f);
    expect(gunzipSync(tar!).toString("latin1")).not.toContain("comment");
  });

  it("refuses an image that no engine could unpack", async () => {
    const source = writeArchive("dangling", [[{ path: "link", type: "1", link: "nothing" }]]);
    await expect(run([source])).rejects.toThrow(InputError);
  });

  it("has only the images that are asked for by digest, in that order", async () => {
    const sources = ["a", "b", "c"].map((name) =>
      writeArchive(name, [[{ path: name, body: name }], [{ path: "all" }]]),
    );
    const { answer } = await run(sources);
    const [a, b, c] = answer.images.map(({ digest }) => digest);
    const chosen = await run(sources, { digests: [c!, a!] });
    expect(chosen.answer.images.map(({ digest }) => digest)).toEqual([c, a]);
    expect(chosen.answer).toMatchObject({ before: { bytes: 2, layers: 3 }, after: { bytes: 2 }, fileBytes: 2 });
    await expect(run(sources.slice(0, 2), { digests: [b!, c!] })).rejects.toThrow(
      /^no source has the image [0-9a-f]{12} any more$/,
    );
  });

  it("says what each layer holds, and what each image has before and after", async () => {
    const shared = { path: "usr/lib/shared", body: "s".repeat(100) };
    const first = writeArchive("first", [[shared, { path: "etc/old", body: "hidden" }], [{ path: "etc/.wh.old" }]]);
    const second = writeArchive("second", [[{ path: "srv/own", body: "own" }, shared]]);
    const { answer } = await run([first, second]);
    expect(answer.images).toMatchObject([
      { layersBefore: 2, bytesBefore: 106, bytes: 100 },
      { layersBefore: 1, bytesBefore: 103, bytes: 103 },
    ]);
    const largest = answer.cut.find(({ bytes }) => bytes === 100);
    expect(largest).toMatchObject({ imageCount: 2, groups: { count: 1, largest: ["unowned:usr/lib"] } });
  });
});
