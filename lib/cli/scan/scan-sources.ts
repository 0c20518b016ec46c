import type { Pool } from "pg";
import { type ArtifactAnswer, answerArtifacts, answerSignatures } from "#lib/answers/artifacts.ts";
import { answerFreed } from "#lib/answers/freed.ts";
import { noteScan } from "#lib/answers/scan-under-way.ts";
import { sumItemFiles } from "#lib/db/queries/sum-item-files.ts";
import type { Database } from "#lib/db/server/database.ts";
import { artifactKind } from "#lib/display/artifact-kind.ts";
import { formatBytes, formatCount, formatCounted } from "#lib/display/bytes.ts";
import { listNames } from "#lib/display/list-names.ts";
import { formatSigned } from "#lib/display/signatures.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import { CHUNK_SIZES } from "#lib/model/chunk.ts";
import { InputError, type Problem } from "#lib/model/problem.ts";
import { toPlatform } from "#lib/scan/new-request.ts";
import { type PreparedScan, runScan } from "#lib/scan/run-scan.ts";
import { toFailed } from "#lib/scan/scan-context.ts";
import type { ListedOutcome, ScanEvent } from "#lib/scan/scan-event.ts";
import type { ScanRequest } from "#lib/scan/scan-request.ts";
import { loadTrustedKeys } from "#lib/sources/nix-cache/trusted-keys.ts";
import { parseSource, spellSource } from "#lib/sources/parse-source.ts";
import { ExitStatus } from "../exit-status.ts";
import { print, printProblem, printProgress, type Terminal } from "../terminal.ts";
import { fromUser, userAccess, userEnvironment, type Workbench } from "../workbench.ts";
import { ProblemPrinter } from "./problem-printer.ts";
import type { ScanOptions } from "./scan-options.ts";
import { formatProgress } from "./show-progress.ts";

/** The artifacts of all sources, as JSON, and all problems. */
export interface ScanReport {
  readonly artifacts: readonly ScannedArtifact[];
  readonly problems: readonly Problem[];
}

/** An artifact under the name it was scanned by: an archive may give it 10,000 names, each with an entry of its own. */
type ScannedArtifact = Omit<ArtifactAnswer, "names"> & {
  readonly known: boolean;
  /** An image of an engine that was scanned as a whole: bytes that removing it would free there. */
  readonly freedSize?: number | undefined;
  /** Id of the artifact that the name meant before, if another. */
  readonly movedFrom: string | undefined;
};

/** All images of the engine: only then is it known what removing one of them frees there. */
const WHOLE_ENGINE = "docker-daemon:";

/** Scans sources one after the other and prints each result. A bad input sets the exit status. */
export async function scanSources(
  workbench: Workbench,
  database: Database,
  words: readonly string[],
  options: ScanOptions,
): Promise<ScanReport> {
  const sources = words.map((word) => guessTransport(workbench.terminal, word));
  // Before the first is read: a wrong command line stores nothing.
  for (const source of sources) parseSource(source, userEnvironment());
  const requests = await toRequests(sources, options);
  const outcomes: ListedOutcome[] = [];
  const artifacts: ScannedArtifact[] = [];
  const problems = new ProblemPrinter(workbench.terminal);
  for (const [i, request] of requests.entries()) {
    const prepared = i === 0 ? options.prepared : undefined;
    const scanned = await scanOne(workbench, database, request, prepared);
    const stored = await loadStored(database.pool, request, scanned);
    for (const outcome of scanned) {
      problems.print(outcome);
      outcomes.push(outcome);
      if (outcome.artifactId === undefined) workbench.status = ExitStatus.badInput;
      else artifacts.push(...(await reportStored(workbench, database.pool, { outcome, request, ...stored })));
    }
  }
  return { artifacts, problems: listProblems(outcomes) };
}

/** What is reported of all artifacts of a source, by their ids. */
interface Stored {
  readonly answers: ReadonlyMap<number, ArtifactAnswer>;
  /** Bytes that removing an image of an engine frees there; none for other sources. */
  readonly freed: ReadonlyMap<number, number>;
}

/** At once, because a registry may have a thousand images. Several names of one image are several outcomes. */
async function loadStored(db: Pool, { source }: ScanRequest, scanned: readonly ListedOutcome[]): Promise<Stored> {
  const ids = [...new Set(scanned.flatMap(({ artifactId }) => artifactId ?? []))];
  const isWhole = source === WHOLE_ENGINE && scanned.every(({ artifactId }) => artifactId !== undefined);
  return { answers: await answerArtifacts(db, ids), freed: isWhole ? await answerFreed(db, ids) : new Map() };
}

/** The source with its transport, which is printed if it is a guess. */
export function guessTransport(terminal: Terminal, word: string): string {
  const source = spellSource(word, userEnvironment());
  if (source !== word) print(terminal, `${word}: scanned as ${source}`);
  return source;
}

function listProblems(outcomes: readonly ListedOutcome[]): Problem[] {
  const listed = outcomes.flatMap((outcome) => outcome.problems);
  const more = outcomes.reduce((total, { moreProblems }) => total + moreProblems, 0);
  if (more === 0) return listed;
  const message = `${more} more problems are not listed; show lists those of each artifact`;
  return [...listed, { code: "limit-exceeded", severity: "warning", source: "", path: "", message }];
}

/** The outcomes of one source, in its order. For an input over a ceiling: what was stored before, then the problem. */
async function scanOne(
  { terminal, signal }: Workbench,
  { url }: Database,
  request: ScanRequest,
  prepared: PreparedScan | undefined,
): Promise<ListedOutcome[]> {
  const outcomes: ListedOutcome[] = [];
  const onEvent = (event: ScanEvent) => {
    if (event.type === "outcome") outcomes.push(event.outcome);
    else showEvent(terminal, event);
    if (event.type === "progress") noteScan(event);
  };
  noteScan({ phase: "opening", source: request.source });
  try {
    await runScan({ kind: "scan", request }, { databaseUrl: url, signal, onEvent, prepared });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    outcomes.push({ ...toFailed(request.source, error), moreProblems: 0 });
  } finally {
    printProgress(terminal, "");
    noteScan(undefined);
  }
  return outcomes;
}

/** Shows the progress and the notices of a scan. */
export function showEvent(terminal: Terminal, event: Exclude<ScanEvent, { type: "outcome" }>): void {
  if (event.type === "notice") print(terminal, `${event.source}: ${event.message}`);
  else if (event.type === "progress") printProgress(terminal, formatProgress(event));
}

/** The requests for sources with the options of the command line. Throws the errors of `loadTrustedKeys`. */
export async function toRequests(sources: readonly string[], options: ScanOptions): Promise<ScanRequest[]> {
  const { name, platform, root, files, chunks, chunkSizes, manifestsOnly, trustedKey = [], nixConf } = options;
  const trustedKeys = await loadTrustedKeys({ keys: trustedKey, nixConf: nixConf && fromUser(nixConf) });
  return sources.map((source) => ({
    source,
    access: { ...userAccess(), trustedKeys },
    name,
    platform: toPlatform(platform),
    roots: root ?? [],
    manifestsOnly: manifestsOnly ?? false,
    files: files ?? false,
    chunks: chunkSizes ?? (chunks ? CHUNK_SIZES : undefined),
  }));
}

type StoredOutcome = Extract<ListedOutcome, { artifactId: number }>;

interface Reported extends Stored {
  readonly outcome: StoredOutcome;
  readonly request: ScanRequest;
}

/** Prints a stored artifact and returns it; nothing if another command has removed it already, which stops no other source. */
async function reportStored(
  workbench: Workbench,
  db: Pool,
  { outcome, answers, freed, request }: Reported,
): Promise<ScannedArtifact[]> {
  const { artifactId, name, known, naming } = outcome;
  const artifact = answers.get(artifactId);
  if (artifact !== undefined) {
    const freedSize = freed.get(artifactId);
    const facts = [await formatFiles(db, artifactId, artifact), await formatKeys(db, artifactId, request)];
    const more = `${facts.join("")}${formatFreed(freedSize)}`;
    print(workbench.terminal, formatStored(artifact, more, outcome));
    const { names: _, ...answer } = artifact;
    return [{ ...answer, name, known, freedSize, movedFrom: naming.movedFrom && toArtifactId(naming.movedFrom) }];
  }
  printProblem(workbench.terminal, "error", [`${name} was removed by another command as soon as it was scanned`]);
  workbench.status = ExitStatus.unreachable;
  return [];
}

/** How much of a closure is known file by file; "" for nothing. */
async function formatFiles(db: Pool, id: number, { kind, nodeCount }: ArtifactAnswer): Promise<string> {
  if (kind !== "closure") return "";
  const { items, count, bytes } = await sumItemFiles(db, id);
  const where = items === nodeCount ? "" : ` in ${formatCount(items)} of its items`;
  return items === 0 ? "" : `, ${formatCounted(count, "file")} of ${formatBytes(bytes)}${where}`;
}

function formatFreed(bytes: number | undefined): string {
  return bytes === undefined ? "" : `, removing it would free ${formatBytes(bytes)}`;
}

/** How many paths are signed by the keys of this scan; "" if it had none, or the source is no binary cache. */
async function formatKeys(db: Pool, id: number, { access }: ScanRequest): Promise<string> {
  if (access.trustedKeys === undefined || access.trustedKeys.length === 0) return "";
  const counts = await answerSignatures(db, id);
  return counts === undefined ? "" : `, ${formatSigned(counts)}`;
}

function formatStored(answer: ArtifactAnswer, more: string, outcome: StoredOutcome): string {
  const { id, nodeCount, edgeCount, names } = answer;
  const warningCount = outcome.problems.length + outcome.moreProblems;
  const warnings = warningCount === 0 ? "" : `, ${formatCounted(warningCount, "warning")}`;
  const what =
    "manifestOnly" in answer
      ? `${artifactKind(answer)} ${id}, ${formatDownload(answer.downloadSize)}`
      : `${artifactKind(answer)} ${id}, ${nodeCount} components, ${edgeCount} edges${more}${warnings}`;
  return `${outcome.name}: ${what}${formatNaming(outcome, names)}`;
}

function formatDownload(bytes: number | undefined): string {
  return bytes === undefined ? "download size not known" : `${formatBytes(bytes)} to download`;
}

/** Whether the artifact was known, by which names, and what its name meant before. */
function formatNaming({ name, known, naming }: StoredOutcome, names: readonly string[]): string {
  const others = names.filter((other) => other !== name);
  const added = naming.added && others.length > 0 ? ` as ${listNames(others)}, and now by this name too` : "";
  const moved = naming.movedFrom === undefined ? "" : `; the name meant ${toArtifactId(naming.movedFrom)} before`;
  return `${known ? `, already known${added}` : ""}${moved}`;
}
