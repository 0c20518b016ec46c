import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#lib/db/server/database.ts";
import { CEILING_CASES } from "#testing/builders/ceiling-cases.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { listLimits } from "#testing/run/list-limits.ts";
import { measureCli } from "#testing/run/run-cli.ts";

/** Memory of the command with all its processes, whatever the input. */
const MAX_RESIDENT = 512 * 1024 ** 2;
/** Processor time of a whole scan; the scan's own guard ensures that no step takes longer than 30 s. */
const MAX_CPU_MS = 60_000;

/** Limits that another test reaches through the real command. */
const DRIVEN_ELSEWHERE: Readonly<Record<string, string>> = {
  "formats/python/project.ts": "formats/python/project.test.ts; only the files of what a command starts are parsed",
  "formats/compression/limits.ts": "cli/scan/bad-input.test.ts: a gzip bomb",
  "formats/sqlite/committed-pages.ts": "cli/scan/hostile-store.test.ts",
  "formats/sqlite/find-table.ts": "cli/scan/hostile-store.test.ts",
  "formats/sqlite/open-pages.ts": "cli/scan/hostile-store.test.ts",
  "formats/sqlite/walk-table.ts": "cli/scan/hostile-store.test.ts",
  "formats/compression/xz.ts": "scan/lying-cache.test.ts: a dictionary of 1 GiB, and the largest that is read",
  "formats/ld-so-cache/parse-cache.ts": "formats/ld-so-cache/ld-so-cache.test.ts; read for a rebase alone",
  "formats/elf/dynamic-symbols.ts": "formats/elf/dynamic-symbols.test.ts; read for a rebase alone",
  "formats/elf/parse-elf.ts": "scan/read-file.test.ts: a program of 65 MiB",
  "scan/read-entry.ts": "scan/read-file.test.ts: a text of 2 MiB",
  "scan/read-file.ts": "scan/read-file.test.ts: a text of 2 MiB",
  "formats/gates/index.ts": "formats/gates/gates.test.ts",
  "formats/gates/parse-yaml.ts": "formats/gates/gates.test.ts",
  "formats/gates/read-value.ts": "formats/gates/gates.test.ts",
  "formats/nar/nar-parser.ts": "formats/nar/nar-parser.test.ts; MAX_NAR_ENTRIES as in read-item.ts",
  "formats/narinfo/index.ts": "scan/store-copies.test.ts",
  "sources/images/read-attached.ts": "scan/attached.test.ts",
  "sources/engine/list-engine.ts": "scan/survey-machine.test.ts",
  "sources/engine/open-engine.ts": "sources/engine/open-engine.test.ts",
  "sources/registry/authorizer.ts": "scan/lying-registry.test.ts",
  "sources/registry/challenge.ts": "sources/registry/challenge.test.ts",
  "sources/registry/registry.ts": "scan/lying-registry.test.ts",
  "sources/store/gc-roots.ts": "sources/store/gc-roots.test.ts",
  "sources/store/path-inside.ts": "sources/store/path-inside.test.ts",
  "sources/store/read-item.ts": "cli/scan/store-files.test.ts",
  "sources/store/settled-database.ts": "cli/scan/hostile-store.test.ts",
  "sources/store/table-rows.ts": "cli/scan/hostile-store.test.ts",
  "ingest/layers/symbol-limit.ts": "cli/commands/rebase-symbols.test.ts: a rebase with more symbols than are kept",
  "ingest/store-files/hash-nars.ts": "scan/lying-cache.test.ts",
  "ingest/store-files/hash-items.ts": "npm run bench: a million files of a store",
  "ingest/store-files/limits.ts": "npm run bench: a million files of a store",
  "scan/limits.ts": "all cases here: it is the ceiling",
};

/** Limits on one value that is not kept, or that only shorten displayed text: many of these use no more memory. */
const ONE_VALUE = new Set([
  "formats/apk/dependency.ts MAX_DEPENDENCY_LENGTH",
  "formats/apk/installed.ts MAX_NAME_LENGTH",
  "formats/cargo-auditable/crate-list.ts MAX_PROBED_BYTES",
  "formats/cargo-auditable/parse-crates.ts MAX_CRATE_WORD",
  "formats/chisel/manifest.ts MAX_CHISEL_RECORD",
  "formats/chisel/manifest.ts MAX_CHISEL_WORD",
  "formats/conda/conda-record.ts MAX_CONDA_DEPENDENCY",
  "formats/conda/conda-record.ts MAX_CONDA_PATH_LENGTH",
  "formats/conda/conda-record.ts MAX_CONDA_WORD",
  "formats/composer/installed-json.ts MAX_INSTALL_PATH",
  "formats/composer/read-json.ts MAX_COMPOSER_TEXT",
  "formats/docker-archive/index.ts MAX_NAME_LENGTH",
  "formats/docker-archive/index.ts MAX_PATH_LENGTH",
  "formats/dotnet/deps-json.ts MAX_ASSET_PATH",
  "formats/dotnet/read-json.ts MAX_DOTNET_TEXT",
  "formats/dpkg/status.ts MAX_NAME_LENGTH",
  "formats/dpkg/status.ts MAX_VERSION_LENGTH",
  "formats/gem/gemspec.ts MAX_GEM_NAME_LENGTH",
  "formats/gem/gemspec.ts MAX_REQUIREMENTS",
  "formats/gem/requirement.ts MAX_SPACES",
  "formats/gem/version.ts MAX_GEM_VERSION_LENGTH",
  "formats/go-build/go-blob.ts MAX_GO_VERSION",
  "formats/go-build/module-info.ts MAX_GO_WORD",
  "formats/in-toto/materials.ts MAX_MATERIALS",
  "formats/in-toto/materials.ts MAX_MATERIAL_NAME",
  "formats/in-toto/statement.ts MAX_ENVELOPES",
  "formats/jar/coordinates.ts MAX_COORDINATE",
  "formats/jar/java-release.ts MAX_RELEASE_VALUE",
  "formats/jar/pom.ts MAX_POM_DEPTH",
  "formats/jar/manifest.ts MAX_MANIFEST_VALUE",
  "formats/jar/read-archive.ts MAX_SHOWN_PATH",
  "formats/jar/zip-directory.ts MAX_COMMENT_LENGTH",
  "formats/json/bounded-json.ts MAX_JSON_DEPTH",
  "formats/json/check-json.ts MAX_FAULT_LENGTH",
  "formats/json/check-json.ts MAX_NAMED_FAULTS",
  "formats/nix-signature/index.ts MAX_KEY_NAME_LENGTH",
  "formats/npm/package-json.ts MAX_NAME_LENGTH",
  "formats/npm/package-json.ts MAX_VERSION_LENGTH",
  "formats/npm/package-json.ts MAX_WORKSPACE_LENGTH",
  "formats/npm/pnp.ts MAX_PNP_TEXT",
  "formats/oci/base-mentions.ts MAX_BASE_NAME",
  "formats/oci/image-settings.ts MAX_SETTING",
  "formats/oci/image-settings.ts MAX_SETTINGS_LENGTH",
  "formats/oci/manifest.ts MAX_CREATED_BY",
  "formats/oci/manifest.ts MAX_JSON_DEPTH",
  "formats/oci/manifest.ts MAX_WORD",
  "formats/purl/os-release.ts MAX_OS_RELEASE_LENGTH",
  "formats/python/file-lists.ts MAX_LISTED_PATH_LENGTH",
  "formats/python/marker.ts MAX_MARKER_DEPTH",
  "formats/python/marker.ts MAX_MARKER_LENGTH",
  "formats/python/name.ts MAX_NAME_LENGTH",
  "formats/python/requirement.ts MAX_EXTRAS",
  "formats/python/requirement.ts MAX_REQUIREMENT_LENGTH",
  "formats/python/specifier.ts MAX_CLAUSES",
  "formats/python/version.ts MAX_VERSION_LENGTH",
  "formats/pacman/dependency.ts MAX_PACMAN_DEPENDENCY",
  "formats/pacman/local-package.ts MAX_PACMAN_WORD",
  "formats/path-info/index.ts MAX_PATH_INFO_DEPTH",
  "formats/sbom-document/document-builder.ts MAX_SBOM_TEXT",
  "formats/sbom-document/own-facts.ts MAX_ANNOTATION_LENGTH",
  "formats/spdx/relationships.ts MAX_NAMED_KINDS",
  "formats/store-path/parse-store-path.ts MAX_NAME_LENGTH",
  "formats/tar/encode-header.ts MAX_LONG",
  "formats/tar/encode-header.ts MAX_SHORT",
  "formats/tar/limits.ts MAX_BODY_BYTES",
  "formats/tar/pax.ts MAX_LENGTH_DIGITS",
  "formats/tar/sparse-map.ts MAX_DIGITS",
  "ingest/closure/ingest-store.ts MAX_CANDIDATES",
  "ingest/image/stream-archive.ts MIN_LAYER_BYTES",
  "ingest/image/stream-archive.ts MAX_WAITING",
  "ingest/layers/layer-pool.ts MAX_THREADS",
  "ingest/packages/java-class-paths.ts MAX_CLASS_PATH_WORDS",
  "ingest/packages/go-programs.ts MAX_SHOWN_SETTING",
  "ingest/packages/java.ts MAX_SHOWN_PATH",
  "ingest/packages/python-edges.ts MAX_SHOWN_REQUIREMENT",
  "formats/rpm/berkeley.ts MAX_PAGE_BYTES",
  "formats/rpm/berkeley.ts MIN_PAGE_BYTES",
  "ingest/packages/started-files.ts MAX_CLASS_PATH",
  "ingest/packages/started-files.ts MAX_NESTED",
  "scan/offer-images.ts MAX_LOOKED_NAMES",
  "scan/guarded-process.ts MAX_LAST_WORDS",
  "sources/images/archive-members.ts MAX_LINKS",
  "sources/images/short-list.ts MAX_LETTERS",
  "sources/images/short-list.ts MAX_LISTED",
  "sources/nix-cache/open-cache.ts MAX_PARALLEL",
  "sources/registry/credentials.ts MAX_HELPER_MS",
  "sources/registry/reference.ts MAX_REPOSITORY_LENGTH",
  "sources/registry/registry-images.ts MAX_FETCHED_AHEAD",
]);

it("every limit on input has an input at its maximum", () => {
  const driven = new Set(CEILING_CASES.flatMap(({ limits }) => limits));
  const limits = listLimits(["formats", "sources", "ingest", "scan"]);
  const without = limits.filter(
    (limit) => !driven.has(limit) && !ONE_VALUE.has(limit) && !(limit.split(" ")[0]! in DRIVEN_ELSEWHERE),
  );
  expect(without).toEqual([]);
  const known = [...driven, ...ONE_VALUE].filter((limit) => !limit.startsWith("model/"));
  expect(known.filter((limit) => !limits.includes(limit))).toEqual([]);
});

describe("512 MiB and one clear answer are the ceiling for", () => {
  let database: Database;
  let folder: string;

  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  for (const { name, write, args = [], status, says = /^/, ...rest } of CEILING_CASES) {
    it.skipIf(rest.isLong && !process.env.STRATIGRAPH_LONG)(name, { timeout: 600_000 }, async () => {
      folder = mkdtempSync(join(tmpdir(), "stratigraph-ceiling-"));
      try {
        const source = await write(folder);
        const run = await measureCli(["scan", source, "--json", ...args], { databaseUrl: database.url });
        console.info(
          `${name}: exit ${run.status}, ${Math.round(run.peakBytes / 1024 ** 2)} MiB, ${(run.cpuMs / 1000).toFixed(1)} s`,
        );
        expect(`${run.stderr}${run.stdout}`).toMatch(says);
        expect(run.status).toBe(status);
        expect(run.peakBytes).toBeLessThan(MAX_RESIDENT);
        if (!rest.isLong) expect(run.cpuMs).toBeLessThan(MAX_CPU_MS);
        if (status === 3) expect(run.stderr.match(/^stratigraph: error: .*$/gm)).toHaveLength(1);
        if (status === 3 && !rest.keepsImages) await expectNothingStored(run.stderr);
      } finally {
        rmSync(folder, { recursive: true });
        await database.pool.query("TRUNCATE artifact, layer, content, component, layer_entry, layer_document CASCADE");
      }
    });
  }

  async function expectNothingStored(stderr: string): Promise<void> {
    expect(stderr.trim().split("\n")).toHaveLength(1);
    const { rows } = await database.pool.query<{ stored: number }>(
      "SELECT (SELECT count(*) FROM artifact)::int + (SELECT count(*) FROM layer)::int AS stored",
    );
    expect(rows).toEqual([{ stored: 0 }]);
  }
});
