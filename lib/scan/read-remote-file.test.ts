import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerFile } from "#lib/answers/file.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { type FileToRead, readScannedFile } from "#lib/jobs/page-file.ts";
import { writeCachedItem } from "#testing/builders/binary-cache.ts";
import { buildElf } from "#testing/builders/elf.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { testStorePath } from "#testing/builders/store.ts";
import { directory, file as itemFile } from "#testing/builders/store-items.ts";
import { writeStreamedLayout } from "#testing/builders/stream-layout.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { startEngine, type TestEngine } from "#testing/run/engine.ts";
import { areInstalled, startRegistry, type TestRegistry } from "#testing/run/registry.ts";
import { runCli } from "#testing/run/run-cli.ts";
import { serveDirectory } from "#testing/run/serve-directory.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

const place = makeTestPlace();
const program = Buffer.concat([buildElf({ needed: ["libc.so.6"], interpreter: "/ld.so" }), Buffer.alloc(100_000)]);
const base = [
  { path: "etc/motd", body: "hello\n" },
  { path: "usr/bin/app", body: program },
];
const top = [{ path: "etc/motd", body: "good evening\n" }];

async function scan(source: string, args: readonly string[] = [], environment: Record<string, string> = {}) {
  const run = await runCli(["scan", source, ...args], { databaseUrl: place.database.url, environment });
  expect(run).toMatchObject({ status: 0 });
}

async function find(name: string, path: string, layer?: number): Promise<FileToRead> {
  const { id, digest } = await findArtifact(place.database.pool, name);
  return { ...(await answerFile(place.database.pool, { artifactId: id, path, layer })), digest };
}

const read = (asked: FileToRead) =>
  readScannedFile(asked, { databaseUrl: place.database.url, signal: AbortSignal.timeout(60_000) });

describe.skipIf(!areInstalled("docker-registry", "skopeo", "openssl"))("a file of an image in a registry", () => {
  let registry: TestRegistry;
  let name: string;
  beforeAll(async () => {
    registry = await startRegistry();
    await registry.push(await writeStreamedLayout(join(place.folder, "app"), [base, top]), "shop/app:1");
    name = `${registry.host}/shop/app:1`;
    await scan(`docker://${name}`);
  });
  afterAll(() => registry.stop());

  it("is read as text and as ELF, also from the layer below", async () => {
    expect(await read(await find(name, "/etc/motd"))).toMatchObject({
      text: "good evening\n",
      source: `docker://${name}`,
    });
    expect(await read(await find(name, "/etc/motd", 0))).toMatchObject({ text: "hello\n" });
    const { elf } = await read(await find(name, "/usr/bin/app"));
    expect(elf).toMatchObject({ needed: ["libc.so.6"], interpreter: "/ld.so", machine: "x86-64" });
  });

  it("costs one layer: no other blob is downloaded", async () => {
    const asked = await find(name, "/etc/motd");
    registry.takeSent();
    await read(asked);
    const blobs = registry.takeSent().filter((path) => path.includes("/blobs/"));
    // The image's configuration, which says which layer is which, and the layer.
    expect(blobs).toHaveLength(2);
  });

  it("is one line that names the registry if the tag has moved, and if nothing answers", async () => {
    const asked = await find(name, "/etc/motd");
    await registry.push(await writeStreamedLayout(join(place.folder, "other"), [top]), "shop/app:1");
    await expect(read(asked)).rejects.toThrow(`docker://${name} does not have this image any more`);
    await registry.kill();
    await expect(read(asked)).rejects.toThrow(new RegExp(`^[^\n]*${registry.host}[^\n]*$`));
  });
});

describe.skipIf(!areInstalled("podman"))("a file of an image in an engine", () => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startEngine();
    await engine.load([buildDockerArchive([buildTar(base), buildTar(top)], { name: "shop/web:1" })]);
    await scan("docker-daemon:shop/web:1", [], { DOCKER_HOST: `unix://${engine.socketPath}` });
  });
  afterAll(() => engine.stop());

  const withEngine = async <T>(socketPath: string, work: () => Promise<T>): Promise<T> => {
    process.env.DOCKER_HOST = `unix://${socketPath}`;
    try {
      return await work();
    } finally {
      delete process.env.DOCKER_HOST;
    }
  };

  it("is read as text and as ELF, whatever layer the engine sends first", async () => {
    await withEngine(engine.socketPath, async () => {
      expect(await read(await find("shop/web:1", "/etc/motd"))).toMatchObject({ text: "good evening\n" });
      expect(await read(await find("shop/web:1", "/etc/motd", 0))).toMatchObject({ text: "hello\n" });
      const { elf } = await read(await find("shop/web:1", "/usr/bin/app"));
      expect(elf).toMatchObject({ needed: ["libc.so.6"], machine: "x86-64" });
    });
  });

  it("is one line if no engine answers", async () => {
    const asked = await find("shop/web:1", "/etc/motd");
    await withEngine(join(place.folder, "none.sock"), async () => {
      await expect(read(asked)).rejects.toThrow(/^docker-daemon:shop\/web:1[^\n]*none\.sock[^\n]*$/);
    });
  });
});

describe("a file of a store item in a binary cache", () => {
  const folder = () => join(place.folder, "cache");
  const path = testStorePath(0, "tool-1");
  const tree = directory({
    bin: directory({ tool: itemFile("#!/bin/sh\n", true) }),
    lib: directory({ big: itemFile("b".repeat(300_000)), "libé.so": itemFile(program.toString("latin1")) }),
    "zz-last": itemFile("last\n"),
  });
  beforeAll(async () => {
    mkdirSync(folder(), { recursive: true });
    writeFileSync(join(folder(), "nix-cache-info"), "StoreDir: /nix/store\n");
    writeCachedItem(folder(), { path, tree, compression: "gzip", compress: (nar) => gzipSync(nar) });
    await scan(`nix-cache:${folder()}#${path}`, ["--files", "--name", "cached"]);
  });

  it("is read from its NAR, in a directory", async () => {
    expect(await read(await find("cached", `${path}/bin/tool`))).toMatchObject({ text: "#!/bin/sh\n" });
    expect(await read(await find("cached", `${path}/zz-last`))).toMatchObject({ text: "last\n" });
    expect((await read(await find("cached", `${path}/lib/big`))).isCut).toBe(true);
  });

  it("is read from a server", async () => {
    const served = await serveDirectory(folder());
    try {
      const source = `nix-cache:${served.url}#${path}`;
      expect(await read({ ...(await find("cached", `${path}/zz-last`)), sources: [source] })).toMatchObject({
        text: "last\n",
        source,
      });
    } finally {
      await served.stop();
    }
  });

  it("is one line if its content or its item is another now", async () => {
    const asked = await find("cached", `${path}/bin/tool`);
    writeCachedItem(folder(), { path, tree: directory({ bin: directory({ tool: itemFile("#!/bin/zh\n", true) }) }) });
    await expect(read(asked)).rejects.toThrow(/the file has another content than when it was scanned$/);
    writeCachedItem(folder(), { path, tree: directory({ sbin: itemFile("x") }) });
    await expect(read(asked)).rejects.toThrow(/the cache does not have this file of .*tool-1 any more$/);
    writeCachedItem(folder(), { path, tree, claims: { NarSize: 200 } });
    await expect(read(asked)).rejects.toThrow(/expands to more bytes than its narinfo says$/);
  });
});

it("an archive that was uploaded is gone, and the line says why", async () => {
  const archive = join(place.folder, "dropped.tar");
  writeFileSync(archive, buildDockerArchive([buildTar(base)], { name: "dropped" }));
  await scan(`docker-archive:${archive}`);
  // As the queue records an upload: by the name that it had in its sender's browser.
  const asked = { ...(await find("dropped", "/etc/motd")), sources: ["docker-archive:dropped-by-browser.tar"] };
  await expect(read(asked)).rejects.toThrow(
    /^[^\n]*dropped-by-browser\.tar[^\n]*an uploaded archive is deleted after its scan\)$/,
  );
});
