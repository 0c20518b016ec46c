import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerFile } from "#lib/answers/file.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import type { Database } from "#lib/db/server/database.ts";
import { type FileToRead, readScannedFile } from "#lib/jobs/page-file.ts";
import { UnreachableError } from "#lib/model/problem.ts";
import { buildElf } from "#testing/builders/elf.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { testStorePath } from "#testing/builders/store.ts";
import { directory, file as itemFile, makeStore } from "#testing/builders/store-items.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { runCli } from "#testing/run/run-cli.ts";

const MIB = 1024 ** 2;
const folder = mkdtempSync(join(tmpdir(), "stratigraph-file-"));
let database: Database;

const program = Buffer.concat([buildElf({ needed: ["libc.so.6"], interpreter: "/ld.so" }), Buffer.alloc(65 * MIB)]);
const lower = buildTar([
  { path: "etc/motd", body: "hello\n" },
  { path: "etc/issue", type: "1", link: "etc/motd" },
  { path: "usr/bin/app", body: program },
  { path: "usr/share/words", body: "é\n".repeat(700_000) },
  { path: "usr/share/picture", body: Buffer.from([1, 0, 2, 255]) },
]);
const upper = buildTar([{ path: "etc/.wh.motd" }, { path: "etc/new", body: "new\n" }]);
const archive = (name: string) => buildDockerArchive([gzipSync(lower, { level: 1 }), upper], { name });

beforeAll(async () => {
  database = await openTestDatabase();
  writeFileSync(join(folder, "seekable.tar"), archive("seekable"));
  writeFileSync(join(folder, "packed.tar.gz"), gzipSync(archive("packed"), { level: 1 }));
  await scan(`docker-archive:${join(folder, "seekable.tar")}`);
  await scan(`docker-archive:${join(folder, "packed.tar.gz")}`);
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

async function scan(source: string, ...args: string[]): Promise<void> {
  expect(await runCli(["scan", source, ...args], { databaseUrl: database.url })).toMatchObject({ status: 0 });
}

async function find(name: string, path: string, layer?: number): Promise<FileToRead> {
  const { id, digest } = await findArtifact(database.pool, name);
  return { ...(await answerFile(database.pool, { artifactId: id, path, layer })), digest };
}

const read = (asked: FileToRead) =>
  readScannedFile(asked, { databaseUrl: database.url, signal: AbortSignal.timeout(60_000) });

describe.each(["seekable", "packed"])("a file of a %s archive", (name) => {
  it("is read as text from the layer that has it, also if a later one hides it", async () => {
    expect(await read(await find(name, "/etc/new"))).toMatchObject({ text: "new\n", isCut: false });
    expect(await read(await find(name, "/etc/motd", 0))).toMatchObject({ text: "hello\n" });
  });

  it("is read at the target of a hard link", async () => {
    expect(await read(await find(name, "/etc/issue"))).toMatchObject({ text: "hello\n" });
  });

  it("is cut between two characters if it is longer than a page", async () => {
    const { text, isCut } = await read(await find(name, "/usr/share/words"));
    expect([isCut, text?.length, text?.replaceAll("é\n", "").length]).toEqual([
      true,
      expect.any(Number),
      expect.any(Number),
    ]);
    expect(text?.replaceAll("é\n", "")).toMatch(/^é?$/);
  });

  it("is binary if it has a zero byte", async () => {
    expect(await read(await find(name, "/usr/share/picture"))).toMatchObject({ text: undefined, elf: undefined });
  });

  it("has its ELF header read, though it is longer than what is kept", async () => {
    const { elf } = await read(await find(name, "/usr/bin/app"));
    expect(elf).toMatchObject({ needed: ["libc.so.6"], interpreter: "/ld.so", machine: "x86-64" });
  });
});

describe("a source that has changed", () => {
  it("is one line if the file is another now", async () => {
    const path = join(folder, "changing.tar");
    writeFileSync(path, buildDockerArchive([buildTar([{ path: "a", body: "one" }])], { name: "changing" }));
    await scan(`docker-archive:${path}`);
    const asked = await find("changing", "/a");
    writeFileSync(path, buildDockerArchive([buildTar([{ path: "a", body: "two" }])], { name: "changing" }));
    await expect(read(asked)).rejects.toThrow(/changing\.tar does not have this image any more$/);
    // The same metadata over other bytes: only the file's digest can tell.
    const lying = buildDockerArchive([buildTar([{ path: "a", body: "one" }])], { name: "changing" });
    const at = Buffer.from(lying).indexOf("one");
    writeFileSync(path, Buffer.from(lying).fill("two", at, at + 3));
    await expect(read(asked)).rejects.toThrow(/the file has another content than when it was scanned$/);
  });

  it("is one line if it is gone, with the reason for each source", async () => {
    const asked = { ...(await find("seekable", "/etc/new")), sources: ["docker-archive:/gone/a.tar", "oci:/gone/b"] };
    await expect(read(asked)).rejects.toThrow(UnreachableError);
    await expect(read(asked)).rejects.toThrow(/\/gone\/a\.tar: no such file or directory; .*\/gone\/b/);
  });

  it("is not read on a server that others reach, unless its pages may ask for it", async () => {
    const asked = await find("seekable", "/etc/new");
    process.env.STRATIGRAPH_URL = "https://strata.example.org";
    try {
      await expect(read(asked)).rejects.toThrow(/not allowed here/);
    } finally {
      delete process.env.STRATIGRAPH_URL;
    }
  });
});

it("a file of a store item is read from the store's directory", async () => {
  const path = testStorePath(0, "tool-1");
  const root = join(folder, "store");
  makeStore(root, [{ path, tree: directory({ bin: directory({ tool: itemFile("#!/bin/sh\n", true) }) }) }]);
  await scan(`nix-store:${root}`, "--files", "--name", "tools");
  const asked = await find("tools", `${path}/bin/tool`);
  expect(asked).toMatchObject({ content: { byteCount: 10 } });
  expect(await read(asked)).toMatchObject({ text: "#!/bin/sh\n" });
});
