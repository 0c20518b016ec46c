import type { Pool } from "pg";
import { type ArtifactAnswer, answerArtifact } from "#lib/answers/artifacts.ts";
import { noteScan } from "#lib/answers/scan-under-way.ts";
import { sumItemFiles } from "#lib/db/queries/sum-item-files.ts";
import type { Database } from "#lib/db/server/database.ts";
import { formatBytes, formatCount, formatCounted } from "#lib/display/bytes.ts";
import { listNames } from "#lib/display/list-names.ts";
import { machinePlatform, type PlatformChoice, parsePlatform } from "#lib/formats/oci/platform.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import { CHUNK_SIZES, type ChunkSizes } from "#lib/model/chunk.ts";
import { GoneError, InputError, type Problem } from "#lib/model/problem.ts";
import { type PreparedScan, runScan } from "#lib/scan/run-scan.ts";
import { toFailed } from "#lib/scan/scan-context.ts";
import type { ScanEvent, ToldOutcome } from "#lib/scan/scan-event.ts";
import type { ScanRequest } from "#lib/scan/scan-request.ts";
import { parseSource, spellSource } from "#lib/sources/parse-source.ts";
import { ExitStatus } from "../exit-status.ts";
import { say, sayProblem, sayProgress, type Terminal } from "../terminal.ts";
import { userAccess, userEnvironment, type Workbench } from "../workbench.ts";
import { formatProgress } from "./show-progress.ts";
import { ShownProblems } from "./shown-problems.ts";

/** What the scan options of a command line say. */
export interface ScanOptions {
  readonly name?: string;
  readonly platform?: string;
  readonly root?: readonly string[];
  readonly files?: boolean;
  readonly chunks?: boolean;
  /** The process of the first scan, where it was started ahead. */
  readonly prepared?: PreparedScan;
  /** Not the usual ones; says `chunks` too. */
  readonly chunkSizes?: ChunkSizes;
}

/** All artifacts of a command line's sources, as JSON, and everything that was wrong. */
export interface ScanReport {
  readonly artifacts: readonly ScannedJson[];
  readonly problems: readonly Problem[];
}

/** An artifact under the name it was scanned by: an archive may give it ten thousand, and each is told by itself. */
type ScannedJson = Omit<ArtifactAnswer, "names"> & {
  known: boolean;
  /** Id of the artifact that the name meant until now, where it meant another. */
  movedFrom: string | undefined;
};

/** Scans sources one after the other and tells the person as it goes. An input that is bad sets the exit status. */
export async function scanSources(
  workbench: Workbench,
  database: Database,
  words: readonly string[],
  options: ScanOptions,
): Promise<ScanReport> {
  const sources = words.map((word) => spellAndSay(workbench.terminal, word));
  // Before the first is read: a wrong command line stores nothing.
  for (const source of sources) parseSource(source, userEnvironment());
  const outcomes: ToldOutcome[] = [];
  const artifacts: ScannedJson[] = [];
  const shown = new ShownProblems(workbench.terminal);
  const stored = new StoredArtifacts(database.pool);
  for (const [i, source] of sources.entries()) {
    const prepared = i === 0 ? options.prepared : undefined;
    const scanned = await scanOne(workbench, database, toRequest(source, options), prepared);
    for (const outcome of scanned) {
      shown.say(outcome);
      artifacts.push(...(await tellStored(workbench, stored, outcome)));
    }
    outcomes.push(...scanned);
  }
  if (outcomes.some((outcome) => outcome.artifactId === undefined)) workbench.status = ExitStatus.badInput;
  return { artifacts, problems: listProblems(outcomes) };
}

/** A source as it is spelled. Where its transport is guessed, the person is told. */
function spellAndSay(terminal: Terminal, word: string): string {
  const source = spellSource(word, userEnvironment());
  if (source !== word) say(terminal, `${word} is taken as ${source}`);
  return source;
}

function listProblems(outcomes: readonly ToldOutcome[]): Problem[] {
  const listed = outcomes.flatMap((outcome) => outcome.problems);
  const more = outcomes.reduce((total, { moreProblems }) => total + moreProblems, 0);
  if (more === 0) return listed;
  const message = `${more} more problems are not listed; show has those of each artifact`;
  return [...listed, { code: "limit-exceeded", severity: "warning", source: "", path: "", message }];
}

/** The outcomes of one source, in its order. An input over a ceiling ends with what was stored before it, and its problem. */
async function scanOne(
  { terminal, signal }: Workbench,
  { url }: Database,
  request: ScanRequest,
  prepared: PreparedScan | undefined,
): Promise<ToldOutcome[]> {
  const outcomes: ToldOutcome[] = [];
  const onEvent = (event: ScanEvent) => {
    if (event.type === "outcome") outcomes.push(event.outcome);
    else showEvent(terminal, event);
    if (event.type === "progress" && event.image !== undefined) noteScan(event.image);
  };
  noteScan({ name: request.source, index: 0, count: 1 });
  try {
    await runScan({ kind: "scan", request }, { databaseUrl: url, signal, onEvent, prepared });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    outcomes.push({ ...toFailed(request.source, error), moreProblems: 0 });
  } finally {
    sayProgress(terminal, "");
    noteScan(undefined);
  }
  return outcomes;
}

/** Shows how far a scan is, and what it has to say on the way. */
export function showEvent(terminal: Terminal, event: Exclude<ScanEvent, { type: "outcome" }>): void {
  if (event.type === "notice") say(terminal, `${event.source}: ${event.message}`);
  else sayProgress(terminal, formatProgress(event));
}

function toRequest(source: string, options: ScanOptions): ScanRequest {
  return {
    source,
    access: userAccess(),
    name: options.name,
    platform: toPlatform(options),
    roots: options.root ?? [],
    files: options.files ?? false,
    chunks: options.chunkSizes ?? (options.chunks ? CHUNK_SIZES : undefined),
  };
}

function toPlatform({ platform }: ScanOptions): PlatformChoice {
  return platform === undefined ? machinePlatform(process.platform, process.arch) : parsePlatform(platform);
}

/** Tells a person what was stored, and returns it; nothing of an input that was bad. */
async function tellStored(workbench: Workbench, stored: StoredArtifacts, outcome: ToldOutcome): Promise<ScannedJson[]> {
  if (outcome.artifactId === undefined) return [];
  const { terminal } = workbench;
  try {
    return [tellArtifact(terminal, await stored.load(outcome.artifactId), outcome)];
  } catch (error) {
    if (!(error instanceof GoneError)) throw error;
    // Stored, and removed by another command before this one could say so: the other sources are scanned all the same.
    sayProblem(terminal, "error", [`${outcome.name} was removed by another command as soon as it was scanned`]);
    workbench.status = ExitStatus.unreachable;
    return [];
  }
}

type StoredOutcome = Extract<ToldOutcome, { artifactId: number }>;

interface StoredArtifact {
  readonly json: ArtifactAnswer;
  /** How much of a closure is known file by file; "" where nothing is. */
  readonly files: string;
}

/** Loads artifacts, the same again only once: names of one image follow each other. */
class StoredArtifacts {
  readonly #pool: Pool;
  #last: { readonly id: number; readonly artifact: StoredArtifact } | undefined;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async load(id: number): Promise<StoredArtifact> {
    if (this.#last?.id !== id) {
      const json = await answerArtifact(this.#pool, id);
      const files = json.kind === "closure" ? await tellFiles(this.#pool, id, json.nodeCount) : "";
      this.#last = { id, artifact: { json, files } };
    }
    return this.#last.artifact;
  }
}

function tellArtifact(terminal: Terminal, { json, files }: StoredArtifact, outcome: StoredOutcome): ScannedJson {
  const warningCount = outcome.problems.length + outcome.moreProblems;
  const warnings = warningCount === 0 ? "" : `, ${formatCounted(warningCount, "warning")}`;
  const what = `${json.kind} ${json.id}, ${json.nodeCount} components, ${json.edgeCount} edges${files}${warnings}`;
  say(terminal, `${outcome.name}: ${what}${tellNaming(outcome, json.names)}`);
  const { movedFrom } = outcome.naming;
  const { names: _, ...artifact } = json;
  return {
    ...artifact,
    name: outcome.name,
    known: outcome.known,
    movedFrom: movedFrom === undefined ? undefined : toArtifactId(movedFrom),
  };
}

/** Whether the artifact was there before, by what names, and what became of the name it was scanned under. */
function tellNaming({ name, known, naming }: StoredOutcome, names: readonly string[]): string {
  const others = names.filter((other) => other !== name);
  const added = naming.added && others.length > 0 ? ` as ${listNames(others)}, and now by this name too` : "";
  const moved = naming.movedFrom === undefined ? "" : `; the name meant ${toArtifactId(naming.movedFrom)} before`;
  return `${known ? `, already known${added}` : ""}${moved}`;
}

/** How much of a closure is known file by file; "" where nothing is. */
async function tellFiles(pool: Pool, artifactId: number, itemCount: number): Promise<string> {
  const { items, count, bytes } = await sumItemFiles(pool, artifactId);
  if (items === 0) return "";
  const where = items === itemCount ? "" : ` in ${formatCount(items)} of its items`;
  return `, ${formatCounted(count, "file")} of ${formatBytes(bytes)}${where}`;
}
