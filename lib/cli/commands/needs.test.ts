import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { NeedsAnswer } from "#lib/model/needs-answer.ts";
import { buildElf, type TestElf } from "#testing/builders/elf.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { CYCLONEDX_1_5 } from "#testing/builders/sboms.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { type NaiveStatement, naiveUnused } from "#testing/oracles/naive-needs.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

const DEBIAN = sharedData("fleet-apt/oci-zstd");
const record = (name: string, depends = "") =>
  `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.0\n${depends}\n\n`;
const program = (path: string, given: TestElf) => ({
  path,
  mode: 0o755,
  body: Buffer.from(buildElf({ interpreter: "/lib64/ld.so", ...given })),
});
const library = (name: string) => ({ path: `usr/lib/${name}`, body: Buffer.from(buildElf({ soname: name })) });

/** app links liba (declared), libb (through liba's package) and libc (not declared), declares tool and uses it nowhere. */
const image = buildTar([
  program("usr/bin/app", { needed: ["liba.so.1", "libb.so.1", "libc.so.1", "libgone.so.1"] }),
  program("usr/bin/tool", {}),
  ...["liba.so.1", "libb.so.1", "libc.so.1", "ld.so"].map(library),
  { path: "lib64/ld.so", body: Buffer.from(buildElf({ soname: "ld.so" })) },
  { path: "usr/share/left", body: "x".repeat(500) },
  {
    path: "var/lib/dpkg/status",
    body: [
      record("app", "Depends: liba, tool, left-data"),
      record("liba", "Depends: libb"),
      ...["libb", "libc", "tool", "left-data", "left"].map((name) => record(name)),
    ].join(""),
  },
  { path: "var/lib/dpkg/info/app.list", body: "/usr/bin/app\n" },
  { path: "var/lib/dpkg/info/tool.list", body: "/usr/bin/tool\n" },
  { path: "var/lib/dpkg/info/liba.list", body: "/usr/lib/liba.so.1\n" },
  { path: "var/lib/dpkg/info/libb.list", body: "/usr/lib/libb.so.1\n" },
  { path: "var/lib/dpkg/info/libc.list", body: "/usr/lib/libc.so.1\n/lib64/ld.so\n" },
  { path: "var/lib/dpkg/info/left.list", body: "/usr/share/left\n" },
]);

describe("needs", () => {
  const place = makeTestPlace();
  const { folder } = place;
  const askJson = <T>(...args: string[]) => runCliJson<T>(args, { databaseUrl: place.database.url });
  let answer: NeedsAnswer;

  beforeAll(async () => {
    writeFileSync(
      join(folder, "shop.tar"),
      buildDockerArchive([image], { name: "shop:1", config: { config: { Cmd: ["app"] } } }),
    );
    writeFileSync(join(folder, "bom.json"), JSON.stringify(CYCLONEDX_1_5));
    await askJson("scan", `docker-archive:${join(folder, "shop.tar")}`);
    await askJson("scan", `sbom:${join(folder, "bom.json")}`, "--name", "bom");
    answer = await askJson<NeedsAnswer>("needs", "shop:1");
  });

  it("lists what nothing meets, with the component that has the need", () => {
    const needs = answer.unmet.map(({ component, need, path }) => [component?.name, need, path]);
    expect(needs).toEqual([["app", "libgone.so.1", "usr/bin/app"]]);
  });

  it("lists libraries that are linked and not declared, with what declares them on the way", () => {
    const rows = answer.undeclared.map(({ component, other, through }) => [component.name, other.name, through?.name]);
    expect(rows).toEqual([
      ["app", "libb", "liba"],
      ["app", "libc", undefined],
    ]);
    expect(answer.undeclared[0]!.detail).toBe("usr/bin/app needs libb.so.1");
  });

  it("lists declared dependencies that no file shows, only where both have something to show", () => {
    const rows = answer.unused.map(({ component, other, programs }) => [component.name, other.name, programs]);
    expect(rows).toEqual([
      ["app", "tool", 1],
      ["liba", "libb", 0],
    ]);
  });

  it("lists what nothing asked for, with its bytes", () => {
    expect(answer.unasked.map(({ component, isTop }) => [component.name, isTop])).toEqual([["left", true]]);
    expect([answer.unaskedSize, answer.rootCount]).toEqual([500, 1]);
  });

  it("prints the same, and show counts it", async () => {
    const { stdout } = await runCli(["needs", "shop:1"], { databaseUrl: place.database.url });
    expect(stdout).toContain("Unmet needs");
    expect(stdout).toMatch(/app +libgone\.so\.1 +\/usr\/bin\/app/);
    expect(stdout).toContain("1 component that nothing asked for, 500 B");
    const { needs } = await askJson<{ needs: unknown }>("show", "shop:1");
    expect(needs).toEqual({ unmet: 1, undeclared: 2, unused: 2, unasked: 1, unaskedSize: 500 });
  });

  it("says of another artifact why there is no answer", async () => {
    const { status, stderr } = await runCli(["needs", "bom"], { databaseUrl: place.database.url });
    expect([status, stderr]).toEqual([2, expect.stringContaining("is no image")]);
  });

  it.skipIf(DEBIAN === undefined)("agrees with the naive rule on an image of Debian", async () => {
    await askJson("scan", `oci:${DEBIAN}:t-nginx`);
    const { unmet, undeclared, unused } = await askJson<NeedsAnswer>("needs", "t-nginx");
    const { stdout } = await runCli(["export", "t-nginx", "--format", "csv"], { databaseUrl: place.database.url });
    const [header, ...lines] = stdout
      .trimEnd()
      .split(/\r?\n/)
      .map((line) => line.split(","));
    const at = (line: readonly string[], name: string) => line[header!.indexOf(name)]!;
    const ids = [...new Set(lines.flatMap((line) => [at(line, "from"), at(line, "to")]))];
    const statements = lines.map((line) => ({
      from: ids.indexOf(at(line, "from")),
      to: ids.indexOf(at(line, "to")),
      evidence: at(line, "evidence") as NaiveStatement["evidence"],
      detail: at(line, "detail"),
    }));
    const kinds = ids.map((id) => ({ kind: id.split(/[:/]/)[1]!, libraries: 1, programs: 1 }));
    // As if every package had programs: all rows of the answer, and those with nothing to show.
    const naive = new Set(
      naiveUnused(kinds, statements).map((row) => `${statements[row]!.from} ${statements[row]!.to}`),
    );
    const rows = unused.map(({ component, other }) => `${ids.indexOf(component.id)} ${ids.indexOf(other.id)}`);
    expect(rows.filter((row) => !naive.has(row))).toEqual([]);
    expect(rows.length).toBeGreaterThan(15);
    expect(undeclared).toEqual([]);
    expect(unmet.map(({ component, need, path }) => [component?.name, need, path])).toEqual([
      ["iproute2", "python3", "usr/bin/routel"],
    ]);
  });
});
