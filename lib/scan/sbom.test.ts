import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { CYCLONEDX_1_4, CYCLONEDX_1_5, CYCLONEDX_1_6, CYCLONEDX_1_7, SPDX_3_0 } from "#testing/builders/sboms.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { makeCliSession } from "#testing/run/cli-session.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { sharedData } from "#testing/run/shared-data.ts";

const { run: runCli, runJson: runCliJson } = makeCliSession();

interface Scanned {
  readonly artifacts: readonly Record<string, unknown>[];
  readonly problems: readonly { readonly code: string; readonly severity: string; readonly message: string }[];
}

interface Row {
  readonly change: string;
  readonly name: string;
  readonly left: { readonly version: string; readonly bytes: number | null } | null;
  readonly right: { readonly version: string; readonly bytes: number | null } | null;
}

const folder = mkdtempSync(join(tmpdir(), "stratigraph-sbom-test-"));
const write = (name: string, document: object | string) => {
  const file = join(folder, name);
  writeFileSync(file, typeof document === "string" ? document : JSON.stringify(document));
  return file;
};
const real = sharedData("images/quay+claircore/sbom/spdx/testdata/round-trip");

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const options = () => ({ databaseUrl: database.url });
const json = <T>(...args: string[]) => runCliJson<T>(args, options());
const run = (...args: string[]) => runCli(args, options());

describe("an SBOM", () => {
  it("is an artifact with its format, its subject and its components, and no sizes", async () => {
    const file = write("debian.cdx.json", CYCLONEDX_1_5);
    const { artifacts, problems } = await json<Scanned>("scan", `sbom:${file}`, "--name", "debian-bom");
    expect(problems).toEqual([]);
    const subject =
      "pkg:oci/debian@sha256:4482958b4461ff7d9fabc24b3a9ab1e9a2c85ece07b2db1840c7cbc01d053e90?arch=amd64&repository_url=index.docker.io%2Flibrary%2Fdebian";
    expect(artifacts).toMatchObject([
      {
        kind: "sbom",
        name: "debian-bom",
        format: "cyclonedx",
        specVersion: "1.5",
        nodeCount: 5,
        edgeCount: 6,
        roots: [subject],
      },
    ]);
    expect(artifacts[0]).not.toHaveProperty("closureSize");
    expect(await json("show", "debian-bom")).toMatchObject({
      components: { other: 2, deb: 3 },
      layers: [],
      wasted: [],
      documentName: "debian:12",
    });
    const { stdout } = await run("show", "debian-bom");
    expect(stdout).toContain("not known: an SBOM states none");
    expect(stdout).not.toMatch(/\d B\b/);
  });

  it("is the same artifact when it is scanned again, and says so", async () => {
    const again = await run("scan", `sbom:${join(folder, "debian.cdx.json")}`, "--name", "debian-bom");
    expect([again.status, again.stderr]).toEqual([0, expect.stringContaining("already known")]);
  });

  it("has paths, referrers, and measures that count components", async () => {
    const why = await json<{ paths: { name: string }[][]; needEachOther: { name: string }[] }>(
      "why",
      "debian-bom",
      "libc6",
    );
    expect(why.paths[0]!.map(({ name }) => name)).toEqual(["debian:12", "debian", "libc6"]);
    expect(why.needEachOther.map(({ name }) => name)).toEqual(["libgcc-s1"]);
    expect((await run("referrers", "debian-bom", "libc6")).stdout).toContain("tar");
    const { nodes, total } = await json<{ nodes: Record<string, unknown>[]; total: unknown }>("closure", "debian-bom");
    expect(total).toEqual({ nodes: 5, edges: 6, bytes: null });
    expect(nodes.find(({ name }) => name === "debian:12")).toMatchObject({
      selfSize: null,
      closureSize: null,
      retainedSize: null,
      closureCount: 5,
      retainedCount: 5,
    });
    expect(nodes.find(({ name }) => name === "tar")).toMatchObject({ closureCount: 3, retainedCount: 1 });
    const text = await run("closure", "debian-bom");
    expect(text.stdout).toContain("5 nodes, 6 edges, sizes not known");
  });

  it("is listed without a size, and found by name and component", async () => {
    const { stdout } = await run("list", "--kind", "sbom");
    expect(stdout).toMatch(/SBOM +debian-bom +– +–/);
    const { artifacts } = await json<{ artifacts: { kind: string }[] }>("list");
    expect(artifacts.map(({ kind }) => kind)).toContain("sbom");
  });

  it.each([
    ["savings", "debian-bom"],
    ["overlap", "debian-bom", "other-bom"],
    ["files", "debian-bom"],
    ["waste", "debian-bom"],
    ["chunks", "debian-bom"],
    ["report", "closure", "debian-bom"],
  ])("%s refuses it in one line", async (...args) => {
    await run("scan", `sbom:${write("npm.json", CYCLONEDX_1_4)}`, "--name", "other-bom");
    const { status, stderr } = await run(...args);
    expect([status, stderr.trim().split("\n")]).toEqual([
      2,
      [expect.stringContaining("is an SBOM, which states no sizes")],
    ]);
  });

  it("is compared with another by identity, then by ecosystem and name", async () => {
    const newer = structuredClone(CYCLONEDX_1_5) as unknown as {
      components: { name: string; purl?: string; version: string }[];
    };
    const tar = newer.components.find(({ name }) => name === "tar")!;
    tar.version = "1.35";
    tar.purl = "pkg:deb/debian/tar@1.35?arch=amd64&distro=debian-12.9";
    newer.components = newer.components.filter(({ name }) => name !== "libgcc-s1");
    await run("scan", `sbom:${write("newer.json", newer)}`, "--name", "newer-bom");
    const diff = await json<{ components: Row[]; totals: unknown; counts: unknown }>("diff", "debian-bom", "newer-bom");
    expect(diff.totals).toEqual({ left: null, right: null, delta: null });
    expect(diff.counts).toEqual({ left: 5, right: 4, delta: -1 });
    const changes = diff.components.filter(({ change }) => change !== "same").map(({ change, name }) => [change, name]);
    expect(changes).toEqual([
      ["removed", "libgcc-s1"],
      ["changed", "tar"],
    ]);
    expect(diff.components.every(({ left }) => left === null || left.bytes === null)).toBe(true);
    expect((await run("diff", "debian-bom", "newer-bom")).stdout).toContain("components: 1 removed, 1 changed, 3 same");
  });

  it("is compared with an image: a package that both have is the same", async () => {
    const status = "Package: libc6\nStatus: install ok installed\nVersion: 2.36-9+deb12u4\nArchitecture: amd64\n";
    const other = "Package: tar\nStatus: install ok installed\nVersion: 1.30\nArchitecture: amd64\n";
    const layer = buildTar([
      { path: "etc/os-release", body: 'ID=debian\nVERSION_ID="12"\n' },
      { path: "var/lib/dpkg/status", body: `${status}\n${other}` },
    ]);
    const archive = join(folder, "image.tar");
    writeFileSync(archive, buildDockerArchive([layer], { name: "debian:12" }));
    await run("scan", `docker-archive:${archive}`);
    const { components } = await json<{ components: Row[] }>("diff", "debian:12", "debian-bom");
    const changeOf = (name: string) => components.find((row) => row.name === name)?.change;
    expect([changeOf("libc6"), changeOf("tar"), changeOf("libgcc-s1")]).toEqual(["same", "changed", "added"]);
  });

  it("is measured again like every other artifact", async () => {
    await run("migrate", "--rebuild");
    const { nodes } = await json<{ nodes: Record<string, unknown>[] }>("closure", "debian-bom");
    expect(nodes[0]).toMatchObject({ name: "debian:12", closureCount: 5 });
  });

  it("gets a root if its document names none", async () => {
    const { artifacts } = await json<Scanned>(
      "scan",
      `sbom:${write("rootless.json", CYCLONEDX_1_7)}`,
      "--name",
      "rootless",
    );
    expect(artifacts).toMatchObject([{ nodeCount: 6, roots: [expect.stringMatching(/^document:sha256:/)] }]);
    const { paths } = await json<{ paths: { name: string }[][] }>("why", "rootless", "inner");
    expect(paths[0]!.map(({ name }) => name)).toEqual(["document", "server", "plugin", "inner"]);
  });

  it("counts its files, and says which relations it leaves out", async () => {
    const { artifacts, problems } = await json<Scanned>("scan", `sbom:${write("oe.spdx.json", SPDX_3_0)}`);
    expect(artifacts).toMatchObject([{ format: "spdx", specVersion: "3.0.1", fileCount: 1, nodeCount: 3 }]);
    expect(problems).toMatchObject([{ code: "bad-sbom", severity: "warning" }]);
  });

  it("leaves nothing behind when it is removed", async () => {
    await run("scan", `sbom:${write("gone.json", CYCLONEDX_1_6)}`, "--name", "gone");
    await run("rm", "gone");
    const { rows } = await database.pool.query(
      "SELECT FROM component WHERE identity LIKE 'pkg:apk/alpine/ssl_client%'",
    );
    expect(rows).toEqual([]);
  });
});

describe("a JSON file without a transport", () => {
  it("is guessed to be an SBOM if it begins like one, and the guess is printed", async () => {
    for (const [name, document] of [
      ["a.json", JSON.stringify(CYCLONEDX_1_4, null, 2)],
      ["b.json", JSON.stringify(SPDX_3_0)],
    ] as const) {
      const file = write(name, document);
      const { status, stderr } = await run("scan", file);
      expect([status, stderr]).toEqual([0, expect.stringContaining(`${file}: scanned as sbom:${file}`)]);
    }
  });

  it("is no SBOM otherwise", async () => {
    const { status, stderr } = await run("scan", write("c.json", "{}"));
    expect([status, stderr]).toEqual([3, expect.stringContaining("scanned as docker-archive:")]);
  });
});

describe("an SBOM that is none is refused in one line, and nothing is stored", () => {
  it.each([
    ["another document", '{"name": 1}', "neither CycloneDX nor SPDX"],
    ["no JSON", "<bom/>", "not valid JSON"],
    [
      "nested too deeply",
      `{"bomFormat":"CycloneDX","components":${"[".repeat(200)}${"]".repeat(200)}}`,
      "nested more than 128 deep",
    ],
  ])("%s", async (_, text, message) => {
    const { status, stderr } = await run("scan", `sbom:${write("bad.json", text)}`, "--name", "bad");
    expect([status, stderr.match(/^stratigraph: error:.*$/gm)]).toEqual([3, [expect.stringContaining(message)]]);
    expect(await run("show", "bad")).toMatchObject({ status: 2 });
  });

  it("a missing file cannot be reached", async () => {
    expect(await run("scan", `sbom:${join(folder, "missing.json")}`)).toMatchObject({ status: 4 });
  });

  it("is read from a pipe, and no further than its limit", async () => {
    const endless = await run("scan", "sbom:/dev/zero");
    expect([endless.status, endless.stderr]).toEqual([
      3,
      expect.stringContaining("an SBOM of more than 58720256 bytes"),
    ]);
  });

  it("a directory cannot be read", async () => {
    mkdirSync(join(folder, "directory"));
    expect(await run("scan", `sbom:${join(folder, "directory")}`)).toMatchObject({ status: 4 });
  });

  it("--manifests-only is for images", async () => {
    const run2 = await run("scan", `sbom:${join(folder, "debian.cdx.json")}`, "--manifests-only");
    expect([run2.status, run2.stderr]).toEqual([
      2,
      expect.stringContaining("is an SBOM, and --manifests-only is for images"),
    ]);
  });
});

describe.skipIf(real === undefined)("the documents of Claircore", () => {
  // Counted in the documents: packages and the document itself; distinct containments and the packages that nothing contains.
  it.each([
    ["distroless-static-debian12", 5, 4],
    ["simple", 7, 7],
    ["ubi8-micro", 42, 79],
  ])("%s", async (name, nodeCount, edgeCount) => {
    const { artifacts } = await json<Scanned>("scan", `sbom:${real}/${name}.spdx.json`, "--name", name);
    expect(artifacts).toMatchObject([{ nodeCount, edgeCount, format: "spdx", specVersion: "2.3" }]);
  });
});
