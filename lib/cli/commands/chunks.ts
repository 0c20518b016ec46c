import type { Command } from "commander";
import type { Pool } from "pg";
import type { FoundArtifact } from "#lib/db/queries/find-artifact.ts";
import { getArtifact } from "#lib/db/queries/get-artifact.ts";
import { loadChunkSets } from "#lib/db/queries/load-chunk-sets.ts";
import { formatBytes } from "#lib/display/bytes.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import { CHUNK_SIZES, type ChunkSizes } from "#lib/model/chunk.ts";
import { UsageError } from "#lib/model/problem.ts";
import { runScan } from "#lib/scan/run-scan.ts";
import type { ScanEvent } from "#lib/scan/scan-event.ts";
import { findArtifactSet } from "../artifact-set.ts";
import { toChunkSizes } from "../option-values.ts";
import { showEvent } from "../scan/scan-sources.ts";
import { type Terminal, writeJson, writeLine } from "../terminal.ts";
import { askDatabase, userAccess, type Workbench } from "../workbench.ts";

interface ChunksOptions {
  readonly chunkSizes?: ChunkSizes;
  readonly json?: boolean;
}

export function addChunksCommand(program: Command, workbench: Workbench): void {
  program
    .command("chunks")
    .argument("<artifact...>", "images: names, patterns like api-*, repo:tags, digests or ids")
    .description("cut the files of scanned images into chunks, reading their sources again where that is needed")
    .option("--chunk-sizes <min/average/max>", "in KiB (default: 16/64/256)", toChunkSizes)
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", "\nExample:\n  stratigraph chunks nginx:1.25 nginx:1.27")
    .action((names: string[], options: ChunksOptions) => chunks(workbench, names, options));
}

function chunks(workbench: Workbench, names: readonly string[], options: ChunksOptions): Promise<void> {
  const { terminal, signal } = workbench;
  const { chunkSizes = CHUNK_SIZES } = options;
  return askDatabase(signal, async ({ pool, url }) => {
    const onEvent = (event: ScanEvent) => event.type !== "outcome" && showEvent(terminal, event);
    const rows = [];
    for (const artifact of await findImages(pool, terminal, names)) {
      // An archive read from standard input cannot be read again.
      const access = { ...userAccess(), hasStdin: false };
      const request = { artifact, access, sizes: chunkSizes };
      await runScan({ kind: "cut", request }, { databaseUrl: url, signal, onEvent });
      rows.push(await loadRow(pool, artifact, chunkSizes));
    }
    if (options.json) writeJson(terminal, { chunkSizes, artifacts: rows });
    else
      for (const row of rows) writeLine(terminal, `${row.name}: ${row.chunks} chunks, ${formatBytes(row.chunkBytes)}`);
  });
}

/** All of them before anything is cut. Throws a UsageError where one is a closure. */
async function findImages(pool: Pool, terminal: Terminal, names: readonly string[]): Promise<FoundArtifact[]> {
  const found = await findArtifactSet(pool, terminal, names);
  for (const { id, name } of found) {
    const artifact = await getArtifact(pool, id);
    if (artifact?.kind === "closure")
      throw new UsageError(`${name} is a closure: its files are cut by scanning its store with --files --chunks`);
  }
  return found;
}

async function loadRow(pool: Pool, { id, name, digest }: FoundArtifact, sizes: ChunkSizes) {
  const [set] = await loadChunkSets(pool, [id], sizes);
  const chunkBytes = set?.byteCount.reduce((total, bytes) => total + bytes, 0) ?? 0;
  return {
    id: toArtifactId(digest),
    name,
    digest,
    chunks: set?.chunkId.length ?? 0,
    chunkBytes,
    uncut: set?.uncutCount ?? 0,
  };
}
