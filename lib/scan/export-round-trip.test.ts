import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zstdDecompressSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { answerExport } from "#lib/answers/export.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { loadReferences } from "#lib/db/queries/load-references.ts";
import { toGraphExport } from "#lib/exports/graph/to-graph-export.ts";
import { type ExportAnswer, SPEC_VERSIONS } from "#lib/model/graph-export.ts";
import type { Problem } from "#lib/model/problem.ts";
import { openEnvironment } from "#lib/sources/environment.ts";
import { MIXED_LAYER } from "#testing/builders/export-image.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { CYCLONEDX_1_4, CYCLONEDX_1_5, CYCLONEDX_1_6, CYCLONEDX_1_7, SPDX_2_2 } from "#testing/builders/sboms.ts";
import { testStorePath } from "#testing/builders/store.ts";
import { file, makeStore } from "#testing/builders/store-items.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { listCycloneDxFaults } from "#testing/oracles/cyclonedx-schema.ts";
import { listSpdxFaults } from "#testing/oracles/spdx-rules.ts";
import { sharedData } from "#testing/run/shared-data.ts";
import { makeTestPlace } from "#testing/run/test-place.ts";
import { measureAgain } from "./measure-again.ts";
import type { ScanEvent } from "./scan-event.ts";
import { scanSource } from "./scan-source.ts";

describe("an exported SBOM, scanned again, has the nodes, edges and roots of", () => {
  const place = makeTestPlace();
  const { folder } = place;

  async function scan(source: string, name?: string): Promise<readonly Problem[]> {
    const problems: Problem[] = [];
    const access = { baseDir: folder, hasStdin: false, allowed: "all" } as const;
    await scanSource({
      ...{ source, name, access, platform: "all", roots: [], files: false, manifestsOnly: false, chunks: undefined },
      pool: place.database.pool,
      environment: openEnvironment(access),
      signal: new AbortController().signal,
      emit: (event: ScanEvent) => {
        if (event.type === "outcome") problems.push(...event.outcome.problems);
      },
    });
    return problems;
  }

  async function ask(name: string): Promise<ExportAnswer> {
    const { pool } = place.database;
    return answerExport(pool, (await findArtifact(pool, name)).id);
  }

  async function expectRoundTrips(
    name: string,
    formats: readonly ("cyclonedx" | "spdx")[] = ["cyclonedx", "spdx"],
  ): Promise<ExportAnswer> {
    const answer = await ask(name);
    for (const format of formats) {
      for (const version of SPEC_VERSIONS[format]) {
        const text = [...toGraphExport(answer, format, version).pieces].join("");
        expect([...toGraphExport(await ask(name), format, version).pieces].join("")).toBe(text);
        expect(format === "spdx" ? listSpdxFaults(text) : await listCycloneDxFaults(text)).toEqual([]);
        const bom = `${name} as ${format} ${version}`;
        writeFileSync(join(folder, "bom.json"), text);
        expect(await scan("sbom:bom.json", bom)).toEqual([]);
        const again = toComparable(await ask(bom));
        expect(again.nodes).toEqual(toComparable(answer).nodes);
        expect(again.edges).toEqual(toComparable(answer).edges);
      }
    }
    return answer;
  }

  beforeAll(async () => {
    const config = { created: "2026-03-04T05:06:07.89Z", config: { Entrypoint: ["/usr/bin/app"] } };
    writeFileSync(join(folder, "shop.tar"), buildDockerArchive([MIXED_LAYER], { name: "shop:1", config }));
    await scan("docker-archive:shop.tar");
  });

  it("an image with packages in a cycle, instances of one package, and files of none", async () => {
    const { nodes, edges } = await expectRoundTrips("shop:1");
    expect([nodes.length, edges.from.length]).toEqual([9, 5]);
  });

  it.each([
    ["with a subject", CYCLONEDX_1_4],
    ["with a cycle", CYCLONEDX_1_5],
    ["whose subject leads nowhere", CYCLONEDX_1_6],
    ["without a subject", CYCLONEDX_1_7],
    ["in SPDX", SPDX_2_2],
  ])("an SBOM %s", async (what, document) => {
    writeFileSync(join(folder, "given.json"), JSON.stringify(document));
    await scan("sbom:given.json", `given ${what}`);
    await expectRoundTrips(`given ${what}`);
  });

  const images = sharedData("fleet-apt/oci-zstd");
  it.skipIf(images === undefined)("Debian images", { timeout: 120_000 }, async () => {
    await scan(`oci:${images}`);
    for (const name of ["deb13", "t-nginx"]) {
      const { nodes, edges } = await expectRoundTrips(name);
      expect(nodes.length).toBeGreaterThan(60);
      expect(edges.from.length).toBeGreaterThan(100);
    }
  });

  const rpm = sharedData("images/knqyf263+go-rpmdb/pkg/testdata/sle15-bci/Packages.db");
  it.skipIf(rpm === undefined)("an image of rpm packages", async () => {
    const database = buildTar([{ path: "usr/lib/sysimage/rpm/Packages.db", body: readFileSync(rpm!) }]);
    writeFileSync(join(folder, "rpm.tar"), buildDockerArchive([database], { name: "rpm:1" }));
    await scan("docker-archive:rpm.tar");
    const { nodes, edges } = await expectRoundTrips("rpm:1");
    expect(nodes.length).toBeGreaterThan(30);
    expect(edges.from.length).toBeGreaterThan(30);
  });

  const alpine = sharedData("images/aquasecurity+trivy/pkg/fanal/test/testdata/alpine-310.tar.gz");
  it.skipIf(alpine === undefined)("an Alpine image", async () => {
    await scan(`docker-archive:${alpine}`, "alpine");
    await expectRoundTrips("alpine");
  });

  it("a store whose items refer to themselves", async () => {
    const [self, user] = [testStorePath(1, "self-1"), testStorePath(2, "user-2")];
    makeStore(join(folder, "store"), [
      { path: self, tree: file("a"), references: [self] },
      { path: user, tree: file("b"), references: [self] },
    ]);
    await scan("nix-store:store", "store");
    const { edges } = await expectRoundTrips("store");
    expect([...edges.from].sort()).toEqual([0, 1]);
  });

  it("a store with an item that an SBOM has stated before: what it stated is no fact about the store", async () => {
    const [needed, user] = [testStorePath(3, "needed-1"), testStorePath(4, "user-2")];
    const components = [user, needed].map((value, i) => ({
      ...{ type: "library", name: "forged", version: "9", "bom-ref": `${i}` },
      properties: [{ name: "stratigraph:id", value }],
    }));
    const forged = { bomFormat: "CycloneDX", specVersion: "1.6", components, dependencies: [] };
    writeFileSync(join(folder, "forged.json"), JSON.stringify(forged));
    await scan("sbom:forged.json", "forged");
    expect((await ask("forged")).nodes.map(({ id }) => id)).toEqual(expect.arrayContaining([needed, user]));
    makeStore(join(folder, "later"), [
      { path: needed, tree: file("a") },
      { path: user, tree: file("b"), references: [needed] },
    ]);
    await scan("nix-store:later", "later");
    const { nodes } = await expectRoundTrips("later");
    expect(nodes.map(({ name, referenceCount }) => [name, referenceCount])).toEqual([
      ["needed", 0],
      ["user", 1],
    ]);
    // Measuring again reads a store's references by its items: the SBOM's are others, and keep their graph.
    const { pool } = place.database;
    const forgedId = (await findArtifact(pool, "forged")).id;
    await measureAgain(pool, forgedId);
    expect([...(await loadReferences(pool, forgedId))!.targets]).toEqual([0, 1]);
  });

  const guix = sharedData("guix");
  it.skipIf(guix === undefined)("a Guix store", async () => {
    await scan(`guix-store:${guix}`, "guix");
    const { nodes, edges } = await expectRoundTrips("guix");
    expect([nodes.length, edges.from.length]).toEqual([462, 3152]);
  });

  const nix = sharedData("nix/nixpkgs-15.09-drv/db.sqlite.zst");
  it.skipIf(nix === undefined)("a Nix store", { timeout: 120_000 }, async () => {
    writeFileSync(join(folder, "db.sqlite"), zstdDecompressSync(readFileSync(nix!)));
    await scan(`nix-store:${join(folder, "db.sqlite")}`, "nix");
    const { nodes, edges } = await expectRoundTrips("nix", ["spdx"]);
    expect([nodes.length, edges.from.length]).toEqual([4980, 32_517]);
  });
});

/** Everything that must survive, whatever the order of the nodes. */
function toComparable({ nodes, edges }: ExportAnswer) {
  const ends = [...edges.from.keys()].map((i) => `${nodes[edges.from[i]!]!.id} → ${nodes[edges.to[i]!]!.id}`);
  return {
    nodes: nodes.map(({ id, kind, name, version, root }) => ({ id, kind, name, version, root })).sort(byId),
    edges: [...new Set(ends)].sort(),
  };
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1;
}
