import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, it } from "vitest";
import { buildElf } from "#testing/builders/elf.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { buildTar, type TarMember } from "#testing/builders/tar.ts";
import { runCli } from "#testing/run/run-cli.ts";

const folder = mkdtempSync(join(tmpdir(), "stratigraph-rebase-symbols-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Names of one file, just under the limit of one. */
const NAME_COUNT = 90_000;
const NAME_LENGTH = 20;

function write(name: string, layers: readonly (readonly TarMember[])[]): string {
  const path = join(folder, `${name}.tar`);
  const tars = layers.map((members) => gzipSync(buildTar(members), { level: 1 }));
  writeFileSync(path, buildDockerArchive(tars, { name: `${name}:1`, config: { config: {} } }));
  return `docker-archive:${path}`;
}

/** Libraries that all need each other, and symbols that none of them defines. */
function buildLibraries(count: number): TarMember[] {
  const needed = Array.from({ length: count }, (_, i) => `lib${i}.so`);
  const names = (start: string) =>
    Array.from({ length: NAME_COUNT }, (_, k) => `${start}_${k}`.padEnd(NAME_LENGTH, "x"));
  return needed.map((soname, i) => {
    const symbols = { imports: names(`i${i}`), exports: names(`e${i}`) };
    return { path: `usr/lib/${soname}`, body: buildElf({ soname, needed, ...symbols }) };
  });
}

it.each([
  ["as many symbols as are kept", 12],
  ["more", 14],
])("a rebase with %s ends, and says that not all were compared", { timeout: 300_000 }, async (_, count) => {
  const base: TarMember[] = [{ path: "etc/issue", body: "old" }];
  const image = write("app", [base, buildLibraries(count)]);
  const [from, to] = [write("old", [base]), write("new", [[{ path: "etc/issue", body: "new" }]])];
  const { status, stdout, stderr } = await runCli(["rebase", image, "--from", from, "--to", to], {
    databaseUrl: "postgres://localhost:1/none",
  });
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^safe: /);
  expect(stdout).toMatch(/^library-too-old .* symbols of \d+ programs and libraries not known$/m);
});
