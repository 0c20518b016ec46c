import type { Command } from "commander";
import type { Pool } from "pg";
import type { FoundArtifact } from "#lib/db/queries/find-artifact.ts";
import { getArtifact } from "#lib/db/queries/get-artifact.ts";
import { loadChunkSets } from "#lib/db/queries/load-chunk-sets.ts";
import { column, NAME, toTable } from "#lib/exports/table.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import { CHUNK_SIZES, type ChunkSizes } from "#lib/model/chunk.ts";
import { ManifestOnlyError, SizelessError, UsageError } from "#lib/model/problem.ts";
import { runScan } from "#lib/scan/run-scan.ts";
import type { ScanEvent } from "#lib/scan/scan-event.ts";
import { ARTIFACTS, findArtifactSet } from "../artifact-set.ts";
import { toChunkSizes } from "../option-values.ts";
import { addQuery } from "../query-command.ts";
import { showEvent } from "../scan/scan-sources.ts";
import type { Terminal } from "../terminal.ts";
import { userAccess, type Workbench } from "../workbench.ts";
import { writeTable } from "../write-table.ts";

interface ChunksOptions {
  readonly chunkSizes?: ChunkSizes;
}

type ChunkRow = Awaited<ReturnType<typeof loadRow>>;

const COLUMNS = [
  NAME,
  column<ChunkRow>("Chunks", "count", ({ chunks }) => chunks),
  column<ChunkRow>("Bytes", "bytes", ({ chunkBytes }) => chunkBytes),
];

export function addChunksCommand(program: Command, workbench: Workbench): void {
  const { terminal, signal } = workbench;
  const command = program
    .command("chunks")
    .argument("<artifact...>", `images: ${ARTIFACTS}`)
    .description("cut the files of scanned images into chunks, which reads their sources again if necessary")
    .option("--chunk-sizes <min/average/max>", "in KiB (default: 16/64/256)", toChunkSizes);
  const example = "chunks nginx:1.25 nginx:1.27";
  addQuery(command, workbench, example, async ({ pool, url }, names: string[], options: ChunksOptions) => {
    const { chunkSizes = CHUNK_SIZES } = options;
    const onEvent = (event: ScanEvent) => event.type !== "outcome" && showEvent(terminal, event);
    const artifacts: ChunkRow[] = [];
    for (const artifact of await findImages(pool, terminal, names)) {
      // An archive read from standard input cannot be read again.
      const request = { artifact, access: { ...userAccess(), hasStdin: false }, sizes: chunkSizes };
      await runScan({ kind: "cut", request }, { databaseUrl: url, signal, onEvent });
      artifacts.push(await loadRow(pool, artifact, chunkSizes));
    }
    return {
      json: () => ({ chunkSizes, artifacts }),
      print: () => writeTable(terminal, toTable("", COLUMNS, artifacts)),
    };
  });
}

/** The images with these names, before anything is cut. Throws a UsageError if one is a closure. */
async function findImages(pool: Pool, terminal: Terminal, names: readonly string[]): Promise<FoundArtifact[]> {
  const found = await findArtifactSet(pool, terminal, names);
  for (const { id, name } of found) {
    const { kind, manifestOnly, source } = await getArtifact(pool, id);
    if (manifestOnly) throw new ManifestOnlyError(name, source);
    if (kind === "sbom") throw new SizelessError(name);
    if (kind === "closure")
      throw new UsageError(`${name} is a closure: to cut its files, scan its store with --files --chunks`);
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
