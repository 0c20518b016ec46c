import { execFileSync } from "node:child_process";
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { sharedData } from "#testing/run/shared-data.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

interface Artifact {
  readonly name: string;
  readonly digest: string;
  readonly layersContentSize: number;
  readonly rootfsSize: number;
  readonly nodeCount: number;
  readonly edgeCount: number;
}

const folder = mkdtempSync(join(tmpdir(), "stratigraph-rootfs-"));
const fleet = sharedData("fleet-mini/oci");
let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

async function scan(source: string, input: Uint8Array[] = []): Promise<Artifact> {
  const report = await runCliJson<{ artifacts: Artifact[] }>(["scan", source], { databaseUrl: database.url, input });
  return report.artifacts[0]!;
}

const entriesOf = async ({ digest }: Artifact) => {
  const { rows } = await database.pool.query(
    `SELECT dir, name, e.kind, mode, uid, gid, e.byte_count, mtime, target, encode(c.sha256, 'hex') AS sha256
     FROM artifact a JOIN image_layer i ON i.artifact_id = a.id JOIN layer_entry e ON e.layer_id = i.layer_id
     LEFT JOIN content c ON c.id = e.content_id
     WHERE a.digest = decode($1, 'hex') AND e.name <> '' ORDER BY dir, name`,
    [digest.slice("sha256:".length)],
  );
  return rows;
};

it("has every entry that GNU tar finds in the same tree", async () => {
  const root = join(folder, "tree");
  const long = "long-".repeat(30);
  mkdirSync(join(root, "etc", long), { recursive: true });
  writeFileSync(join(root, "etc/motd"), "hello");
  writeFileSync(join(root, "etc", long, long), Buffer.alloc(100_000, "x"));
  writeFileSync(Buffer.from(`${root}/latin-\xe9`, "latin1"), "not UTF-8");
  writeFileSync(join(root, "empty"), "");
  linkSync(join(root, "etc/motd"), join(root, "link-to-motd"));
  symlinkSync(`../${long}/${long}`, join(root, "symlink"));
  execFileSync("mkfifo", [join(root, "pipe")]);
  chmodSync(join(root, "etc/motd"), 0o4750);
  utimesSync(join(root, "empty"), -5, -5);

  const scanned = await scan(`rootfs:${root}`);
  const tar = join(folder, "tree.tar");
  execFileSync("tar", ["--sort=name", "--format=pax", "-C", root, "-cf", tar, "."]);
  const expected = await scan("docker-archive:-", [buildDockerArchive([readFileSync(tar)])]);
  expect(await entriesOf(scanned)).toEqual(await entriesOf(expected));
  expect(scanned).toMatchObject({ name: "tree", layersContentSize: expected.layersContentSize });
  expect((await scan(`rootfs:${root}`)).digest).toBe(scanned.digest);
});

it("of a directory that is none, or cannot be read, is one line", async () => {
  const run = await runCli(["scan", `rootfs:${join(folder, "nowhere")}`], { databaseUrl: database.url });
  expect(run).toMatchObject({ status: 4, stderr: expect.stringContaining("cannot be read as a directory") });
});

it.skipIf(fleet === undefined)("of an unpacked image has the components of the image", async () => {
  const image = await scan(`oci:${fleet}:m-base`);
  const { rows } = await database.pool.query<{ digest: string }>(
    "SELECT encode(blob_digest, 'hex') AS digest FROM image_layer JOIN artifact a ON a.id = artifact_id WHERE a.digest = decode($1, 'hex')",
    [image.digest.slice("sha256:".length)],
  );
  const root = join(folder, "m-base");
  mkdirSync(root);
  execFileSync("tar", ["-xpf", `${fleet}/blobs/sha256/${rows[0]!.digest}`, "-C", root]);
  const { name, layersContentSize, rootfsSize, nodeCount, edgeCount } = await scan(`rootfs:${root}`);
  expect({ name, layersContentSize, rootfsSize, nodeCount, edgeCount }).toEqual({
    name: "m-base",
    layersContentSize: image.layersContentSize,
    rootfsSize: image.rootfsSize,
    nodeCount: image.nodeCount,
    edgeCount: image.edgeCount,
  });
});
