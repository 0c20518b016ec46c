import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerAdvice } from "#lib/answers/advise.ts";
import { answerArtifact } from "#lib/answers/artifacts.ts";
import { answerCells } from "#lib/answers/cells.ts";
import { answerCheck } from "#lib/answers/check/check.ts";
import { answerClosure, answerNodes } from "#lib/answers/closure.ts";
import { answerDiff } from "#lib/answers/diff.ts";
import { answerExport } from "#lib/answers/export.ts";
import { answerPath } from "#lib/answers/files.ts";
import { answerFind } from "#lib/answers/find.ts";
import { answerCycleMembers } from "#lib/answers/graph/cycle-members.ts";
import { answerMapNodes, answerSection } from "#lib/answers/graph/map.ts";
import { answerComponentHolders, answerFileHolders } from "#lib/answers/holders.ts";
import { answerLayerFiles } from "#lib/answers/layer.ts";
import { answerNamedHolders } from "#lib/answers/named-holders.ts";
import { answerNodeFiles } from "#lib/answers/node-files.ts";
import { answerOverlap } from "#lib/answers/overlap.ts";
import { answerSavings } from "#lib/answers/savings.ts";
import { answerShow } from "#lib/answers/show.ts";
import { answerVersions } from "#lib/answers/versions.ts";
import { answerWaste } from "#lib/answers/waste.ts";
import { answerWhy } from "#lib/answers/why.ts";
import { machineQueue } from "#lib/jobs/machine-queue.ts";
import { startBoss, withQueue } from "#lib/jobs/queue.ts";
import { BASE_NAME } from "#lib/model/attached.ts";
import { CHUNK_SIZES } from "#lib/model/chunk.ts";
import { cutArtifact } from "#lib/scan/cut-artifact.ts";
import { measureAgain } from "#lib/scan/measure-again.ts";
import { newRequest } from "#lib/scan/new-request.ts";
import { repackFiles } from "#lib/scan/repack-files.ts";
import type { ScanRequest } from "#lib/scan/scan-request.ts";
import { scanSource } from "#lib/scan/scan-source.ts";
import { openEnvironment } from "#lib/sources/environment.ts";
import { buildDockerArchive } from "#testing/builders/image-archive.ts";
import { CYCLONEDX_1_5 } from "#testing/builders/sboms.ts";
import { testStorePath } from "#testing/builders/store.ts";
import { directory, file, makeStore } from "#testing/builders/store-items.ts";
import { buildTar } from "#testing/builders/tar.ts";
import { listDeclaredQueries } from "#testing/oracles/declared-rows.ts";
import { openTestDatabase } from "#testing/run/database.ts";
import { recordQueries } from "#testing/run/record-queries.ts";
import { deleteJobProgress, saveJobProgress } from "./jobs/job-progress.ts";
import { getWebhookStart, isFailedDelivery, listDeliveries, WEBHOOK_QUEUE } from "./jobs/list-deliveries.ts";
import { countJobs, getJobsStamp, listCurrentJobs, listJobs, listQueuedUploads } from "./jobs/list-jobs.ts";
import { listWatches } from "./jobs/list-watches.ts";
import { addStaleNotice, listUnnoted } from "./jobs/stale-notices.ts";
import { listKnownBlobs } from "./layers/list-known-blobs.ts";
import { migrate } from "./migrate.ts";
import { findArtifact } from "./queries/find-artifact.ts";
import { findArtifacts } from "./queries/find-artifacts.ts";
import { getImageSettings } from "./queries/get-image-settings.ts";
import { getItemFile } from "./queries/get-item-file.ts";
import { getListStamp } from "./queries/get-list-stamp.ts";
import { listArtifactKinds } from "./queries/list-artifact-kinds.ts";
import { listArtifacts } from "./queries/list-artifacts.ts";
import { listBases } from "./queries/list-bases.ts";
import { listContentHolders } from "./queries/list-content-holders.ts";
import { listCounts } from "./queries/list-counts.ts";
import { listDirectories } from "./queries/list-directory.ts";
import { listDocuments } from "./queries/list-documents.ts";
import { listMigrations } from "./queries/list-migrations.ts";
import { listNodeNames } from "./queries/list-node-names.ts";
import { listNodes } from "./queries/list-nodes.ts";
import { listOnlyHere } from "./queries/list-only-here.ts";
import { listPathEntries } from "./queries/list-path-entries.ts";
import { listPrograms } from "./queries/list-programs.ts";
import { listScannedConfigs } from "./queries/list-scanned-configs.ts";
import { listSharedSources } from "./queries/list-shared-sources.ts";
import { listStaleGraphs } from "./queries/list-stale-graphs.ts";
import { listSteps } from "./queries/list-steps.ts";
import { loadFileLoads } from "./queries/load-file-loads.ts";
import { loadLineage } from "./queries/load-lineage.ts";
import { loadOwners } from "./queries/load-owners.ts";
import { sumFreed } from "./queries/sum-freed.ts";
import { sumSameFiles } from "./queries/sum-same-files.ts";
import { sumSharing } from "./queries/sum-sharing.ts";
import { whileThere } from "./queries/while-there.ts";
import type { Database } from "./server/database.ts";
import { checkDatabase } from "./server/doctor-database.ts";
import { removeArtifact } from "./write/remove-artifact.ts";
import { repackItems } from "./write/write-store-files.ts";

/**
 * The JavaScript type of a Postgres type (pg_type.oid): that of https://github.com/brianc/node-pg-types, but for bigint and numeric,
 * which database.ts reads as numbers.
 */
const JAVASCRIPT_TYPES: Readonly<Record<number, string>> = {
  16: "boolean",
  17: "Buffer",
  19: "string",
  20: "number",
  21: "number",
  23: "number",
  25: "string",
  26: "number",
  114: "object",
  701: "number",
  1007: "number[]",
  1009: "string[]",
  1043: "string",
  1114: "Date",
  1184: "Date",
  1700: "number",
  2950: "string",
  3802: "object",
};

/** Queries that need more than one process, or a separate server. */
const ELSEWHERE = ["lib/db/server/reclaim.ts"];

describe("the declared row types of queries", () => {
  const folder = mkdtempSync(join(tmpdir(), "stratigraph-rows-"));
  const recorder = recordQueries();
  let database: Database;

  beforeAll(async () => {
    database = await openTestDatabase();
    await askEverything(database, folder);
    recorder.stop();
  }, 120_000);
  afterAll(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });

  const declared = listDeclaredQueries();

  it("are all covered here", () => {
    const met = new Set(recorder.queries.map(({ site }) => site));
    const missing = declared.filter(({ site }) => !met.has(site) && !ELSEWHERE.some((file) => site.startsWith(file)));
    expect(missing.map(({ site }) => site)).toEqual([]);
  });

  it("match what Postgres sends: every column that is read, with its type", () => {
    const wrong = declared.flatMap(({ site, columns }) =>
      recorder.queries
        .filter((query) => query.site === site)
        .flatMap((query) =>
          [...columns].flatMap(([name, type]) => {
            const column = /^\d+$/.test(name)
              ? query.columns[Number(name)]
              : query.columns.find((each) => each.name === name);
            const sent = column === undefined ? "nothing" : (JAVASCRIPT_TYPES[column.type] ?? `type ${column.type}`);
            return type.split(" | ").includes(sent) ? [] : [`${site}: ${name} is ${type}; Postgres sends ${sent}`];
          }),
        ),
    );
    expect([...new Set(wrong)]).toEqual([]);
  });
});

/** An image on another, a store with files, and every question about them, all removed at the end. */
async function askEverything({ pool, url }: Database, folder: string): Promise<void> {
  const [small, large, web] = [testStorePath(1, "small-1"), testStorePath(2, "large-2"), testStorePath(3, "web-3")];
  makeStore(join(folder, "store"), [
    { path: small, tree: directory({ readme: file("same"), bin: file("s".repeat(9000)) }) },
    { path: large, tree: file("l".repeat(200_000)), references: [small] },
    { path: web, tree: file("w"), references: [small, large] },
  ]);
  const status = "Package: libc6\nStatus: install ok installed\nVersion: 1\nArchitecture: amd64\n";
  const base = buildTar([
    {
      path: "var/lib/dpkg/status",
      body: `${status}\nPackage: bash\nStatus: install ok installed\nVersion: 2\nArchitecture: amd64\nDepends: libc6\n`,
    },
    { path: "var/lib/dpkg/info/bash.list", body: "/bin/bash\n" },
    { path: "bin/bash", body: "b".repeat(90_000) },
    { path: "old", body: "gone" },
  ]);
  const upper = buildTar([
    { path: ".wh.old", body: "" },
    { path: "readme", body: "same" },
    { path: "bin/sh", type: "2", link: "bash" },
  ]);
  const other = buildTar([{ path: "bin/bash", body: "another" }]);
  for (const [name, layers] of [
    ["base:1", [base]],
    ["app:1", [base, upper]],
    ["app:2", [base, other]],
    ["listed:1", [upper]],
  ] as const) {
    writeFileSync(
      join(folder, name.replace(":", "-")),
      buildDockerArchive(layers, { name, config: { config: { Labels: { [BASE_NAME]: "base:1" } } } }),
    );
  }
  const access = { baseDir: folder, hasStdin: false, allowed: "all" } as const;
  const tools = {
    pool,
    access,
    environment: openEnvironment(access),
    signal: new AbortController().signal,
    emit: () => {},
  };
  const request = { ...tools, platform: "all", roots: [], files: true } as const;
  const scan = (source: string, chunks?: typeof CHUNK_SIZES, name?: string) =>
    scanSource({ ...request, source, name, manifestsOnly: false, chunks });
  for (const name of ["base-1", "app-1", "app-2", "app-2"]) await scan(`docker-archive:${name}`);
  await scan("nix-store:store", CHUNK_SIZES, "store");
  await scan("nix-store:store", CHUNK_SIZES, "store");
  // The name moves away and back.
  await scan("docker-archive:app-1", undefined, "moving");
  await scan("docker-archive:app-2", undefined, "moving");
  await scan("docker-archive:app-1", undefined, "moving");

  const [app, next, store] = await Promise.all(["app:1", "app:2", "store"].map((name) => findArtifact(pool, name)));
  const [image, closure] = [app!.id, store!.id];
  await cutArtifact({ ...tools, artifact: app!, sizes: CHUNK_SIZES });
  await scan("docker-archive:app-1");
  await ask(pool, [app!, next!, store!]);
  await listDirectories(pool, {
    artifactId: image,
    paths: ["", "bin"],
    limit: 9,
    owners: await loadOwners(pool, image),
  });
  await listNodeNames(pool, image, [0]);
  await askJobs(pool);
  for (const id of [image, closure]) await measureAgain(pool, id);
  await repackFiles(pool, image);
  await repackItems(pool);
  await scanSource({
    ...request,
    source: "docker-archive:listed-1",
    name: undefined,
    manifestsOnly: true,
    files: false,
    chunks: undefined,
  });
  const listed = await findArtifact(pool, "listed:1");
  await Promise.all([sumSharing(pool), answerShow(pool, listed.id), answerSavings(pool, [app!, listed])]);
  await removeArtifact(pool, listed.id);
  writeFileSync(join(folder, "bom.json"), JSON.stringify(CYCLONEDX_1_5));
  await scan("sbom:bom.json", undefined, "bom");
  const bom = await findArtifact(pool, "bom");
  await Promise.all([answerShow(pool, bom.id), answerDiff(pool, app!, bom)]);
  await expect(answerSavings(pool, [bom])).rejects.toThrow("bom is an SBOM");
  await checkDatabase({ ...process.env, DATABASE_URL: url });
  await migrate(pool);
  for (const { id } of await listArtifactKinds(pool)) await removeArtifact(pool, id);
}

async function ask(
  pool: Database["pool"],
  parts: readonly { readonly id: number; readonly digest: string }[],
): Promise<void> {
  const [app, next, store] = [parts[0]!, parts[1]!, parts[2]!];
  for (const { id } of parts) {
    await answerArtifact(pool, id);
    await answerShow(pool, id);
    await answerClosure(pool, id);
    await answerExport(pool, id);
    await answerWhy(pool, { artifactId: id, node: 0, limit: 5, pathLimit: 5 });
    await answerSection(pool, id, "wide");
    await answerMapNodes(pool, id);
    await answerCycleMembers(pool, id);
    await answerWaste(pool, id, 5);
    await answerAdvice(pool, [{ id }]);
    await answerNodeFiles(pool, { artifactId: id, nodeIndex: 0, limit: 5 });
  }
  await answerPath(pool, { artifactId: app.id, path: "bin", layer: 1, limit: 5 });
  await answerLayerFiles(pool, app.id, 1);
  await getImageSettings(pool, app.id);
  await listPathEntries(pool, app.id, ["bin/bash"]);
  await listPrograms(pool, 1);
  await listDocuments(pool, app.id, [{ layer: 0, entry: 0 }]);
  await loadFileLoads(pool, app.id);
  await listContentHolders(pool, { contentId: 1, artifactId: app.id, limit: 5 });
  await listSteps(pool, app.id);
  for (const name of ["app:1", "app"]) await answerVersions(pool, { name, limit: 5 });
  await getItemFile(pool, store.id, testStorePath(0, "a"), "bin");
  await answerNodes(pool, { artifactId: app.id, root: "bash", sort: "self", limit: 5 });
  await listNodes(pool, app.id, { text: "bash", limit: 5 });
  for (const other of [next, store]) await answerDiff(pool, app, other);
  const set = { parts, rung: "file" } as const;
  await answerOverlap(pool, set);
  await answerCells(pool, { ...set, cells: [[0], [1], [2], [0, 1], [0, 1, 2], [0, 2]], limit: 5 });
  await answerSavings(pool, parts);
  await answerCheck(pool, { parts, gates: { lowestEfficiency: 0.9, forbid: ["bash"] } });
  for (const text of ["bash", "bin/bash", "readme"]) await answerFind(pool, text);
  const some = { text: "", limit: 5 };
  await answerFileHolders(pool, { path: "/bin/bash", item: null }, some);
  await answerComponentHolders(pool, testStorePath(1, "small-1"), some);
  await answerNamedHolders(pool, ["bash"]);
  await answerFind(pool, app.digest.slice(7, 30));
  for (const name of [app.digest.slice(7, 13), testStorePath(3, "web-3"), "app:*"]) await findArtifacts(pool, name);
  await expect(findArtifact(pool, "ap:1")).rejects.toThrow("did you mean");
  await expect(whileThere(pool, [app], () => Promise.reject(new Error("wrong")))).rejects.toThrow("wrong");
  await Promise.all([
    listArtifacts(pool, { limit: 5 }),
    sumSharing(pool),
    getListStamp(pool),
    listBases(pool, 5),
    loadLineage(pool),
  ]);
  await Promise.all([
    listMigrations(pool),
    listStaleGraphs(pool),
    listOnlyHere(pool, [app.id]),
    listCounts(pool, [app.id]),
    sumFreed(pool, [app.id]),
    sumSameFiles(pool, app.id, next.id),
    listSharedSources(pool, ["oci:app"]),
  ]);
}

/** A watched source, then no more. */
async function askWatches(pool: Database["pool"], request: ScanRequest): Promise<void> {
  await withQueue(pool, async (queue) => {
    await queue.watch(request, 60);
    for (const { key } of await listWatches(pool)) await queue.unwatch(key);
  });
}

/** A request to the webhook, and a notice of it. */
async function askWebhook(pool: Database["pool"]): Promise<void> {
  const boss = await startBoss(pool, { isWorker: false });
  await boss.createQueue(WEBHOOK_QUEUE);
  const id = await boss.send(WEBHOOK_QUEUE, { image: "app:1", body: "{}" });
  await boss.stop({ graceful: false });
  const [image, base, newer] = ["a", "b", "c"].map((digit) => `sha256:${digit.repeat(64)}`) as [string, string, string];
  await addStaleNotice(pool, { image, base, newer });
  await Promise.all([
    listUnnoted(pool, [{ image, base, newer: image }]),
    listDeliveries(pool, 5),
    getWebhookStart(pool),
    isFailedDelivery(pool, id!),
  ]);
}

/** A queued scan with its progress, asked for twice. */
async function askJobs(pool: Database["pool"]): Promise<void> {
  const request = newRequest("docker://nginx", { baseDir: "/", hasStdin: false, allowed: "remote" });
  const id = await withQueue(pool, async (queue) => {
    await queue.add(request);
    const id = await queue.add(request);
    await queue.remove(id);
    return id;
  });
  await saveJobProgress(pool, id, { phase: "opening", source: request.source });
  await Promise.all([listJobs(pool, 5), listCurrentJobs(pool, 5), countJobs(pool), getJobsStamp(pool)]);
  await deleteJobProgress(pool, id);
  await askWatches(pool, request);
  await askWebhook(pool);
  await Promise.all([listQueuedUploads(pool, machineQueue()), listKnownBlobs(pool, []), listScannedConfigs(pool, [])]);
}
