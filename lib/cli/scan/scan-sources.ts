import type { Pool } from "pg";
import { sumItemFiles } from "#lib/db/queries/sum-item-files.ts";
import { formatBytes, formatCount, formatCounted } from "#lib/display/bytes.ts";
import { visibleText } from "#lib/display/visible-text.ts";
import { machinePlatform, type PlatformChoice, parsePlatform } from "#lib/formats/oci/index.ts";
import { CHUNK_SIZES, type ChunkSizes } from "#lib/model/chunk.ts";
import type { Problem } from "#lib/model/problem.ts";
import { loadArtifactJson } from "../artifact-json.ts";
import { ExitStatus } from "../exit-status.ts";
import { say, type Terminal } from "../terminal.ts";
import type { Workbench } from "../workbench.ts";
import type { ScanOutcome } from "./scan-context.ts";
import { scanSource } from "./scan-source.ts";

/** What the scan options of a command line say. */
export interface ScanOptions {
  readonly name?: string;
  readonly platform?: string;
  readonly root?: readonly string[];
  readonly files?: boolean;
  readonly chunks?: boolean;
  /** Not the usual ones; says `chunks` too. */
  readonly chunkSizes?: ChunkSizes;
}

/** All artifacts of a command line's sources, as JSON, and everything that was wrong. */
export interface ScanReport {
  readonly artifacts: readonly (Awaited<ReturnType<typeof loadArtifactJson>>["json"] & { known: boolean })[];
  readonly problems: readonly Problem[];
}

/** Scans sources one after the other and tells the person as it goes. An input that is bad sets the exit status. */
export async function scanSources(
  workbench: Workbench,
  pool: Pool,
  sources: readonly string[],
  options: ScanOptions,
): Promise<ScanReport> {
  const { terminal, signal } = workbench;
  const context = {
    pool,
    terminal,
    signal,
    name: options.name,
    platform: toPlatform(options),
    roots: options.root ?? [],
    files: options.files ?? false,
    chunks: options.chunkSizes ?? (options.chunks ? CHUNK_SIZES : undefined),
  };
  const outcomes: ScanOutcome[] = [];
  for (const source of sources) {
    const scanned = await scanSource({ ...context, source });
    for (const outcome of scanned) await tell(terminal, pool, outcome);
    outcomes.push(...scanned);
  }
  if (outcomes.some((outcome) => outcome.artifactId === undefined)) workbench.status = ExitStatus.badInput;
  return toReport(pool, outcomes);
}

function toPlatform({ platform }: ScanOptions): PlatformChoice {
  return platform === undefined ? machinePlatform(process.platform, process.arch) : parsePlatform(platform);
}

async function toReport(pool: Pool, outcomes: readonly ScanOutcome[]): Promise<ScanReport> {
  const artifacts = [];
  for (const outcome of outcomes) {
    if (outcome.artifactId === undefined) continue;
    const { json } = await loadArtifactJson(pool, outcome.artifactId);
    artifacts.push({ ...json, name: outcome.name, known: outcome.known });
  }
  return { artifacts, problems: outcomes.flatMap((outcome) => outcome.problems) };
}

/** Warnings a person is shown of one artifact; `show` has them all. */
const SHOWN_WARNINGS = 3;

async function tell(terminal: Terminal, pool: Pool, outcome: ScanOutcome): Promise<void> {
  const shown = outcome.artifactId === undefined ? outcome.problems : outcome.problems.slice(0, SHOWN_WARNINGS);
  for (const { severity, source, path, message } of shown) {
    say(
      terminal,
      `stratigraph: ${severity}: ${[source, path, message]
        .filter((part) => part !== "")
        .map(visibleText)
        .join(": ")}`,
    );
  }
  if (outcome.problems.length > shown.length)
    say(terminal, `… and ${outcome.problems.length - shown.length} more warnings; show has them`);
  if (outcome.artifactId === undefined) return;
  const { json } = await loadArtifactJson(pool, outcome.artifactId);
  const files = json.kind === "closure" ? await tellFiles(pool, outcome.artifactId, json.nodeCount) : "";
  const known = outcome.known ? ", already known" : "";
  say(
    terminal,
    `${visibleText(outcome.name)}: ${json.kind} ${json.id}, ${json.nodeCount} components, ${json.edgeCount} edges${files}${known}`,
  );
}

/** How much of a closure is known file by file; "" where nothing is. */
async function tellFiles(pool: Pool, artifactId: number, itemCount: number): Promise<string> {
  const { items, count, bytes } = await sumItemFiles(pool, artifactId);
  if (items === 0) return "";
  const where = items === itemCount ? "" : ` in ${formatCount(items)} of its items`;
  return `, ${formatCounted(count, "file")} of ${formatBytes(bytes)}${where}`;
}
