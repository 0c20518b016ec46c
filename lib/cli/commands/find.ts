import { type Command, InvalidArgumentError, Option } from "commander";
import type { Pool } from "pg";
import { answerFind, type FindAnswer } from "#lib/answers/find.ts";
import { answerFileHolders, type HolderList } from "#lib/answers/holders.ts";
import { formatCounted } from "#lib/display/bytes.ts";
import { toTable } from "#lib/exports/table.ts";
import {
  CONTENT_PLACE_COLUMNS,
  FOUND_ARTIFACT_COLUMNS,
  FOUND_DIGEST_COLUMNS,
  FOUND_FILE_COLUMNS,
  FOUND_NODE_COLUMNS,
  HOLDER_COLUMNS,
} from "#lib/exports/tables/find.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import { UsageError } from "#lib/model/problem.ts";
import { parseCount } from "../option-values.ts";
import { addQuery, type JsonOption } from "../query-command.ts";
import { type Terminal, writeLine } from "../terminal.ts";
import type { Workbench } from "../workbench.ts";
import { writeTable } from "../write-table.ts";

const DEFAULT_ROWS = 20;
const MAX_ROWS = 200;
/** Artifacts listed for each file. */
const MAX_HOLDERS = 1000;

type FoundFile = FindAnswer["files"]["rows"][number];
/** A file, with the artifacts that have it. */
type HeldFile = FoundFile & { readonly holders: HolderList };

export function addFindCommand(program: Command, workbench: Workbench): void {
  const command = program
    .command("find")
    .argument("<text>", "a part of a name; the beginning of a file's name or digest; a path, or the end of one")
    .description(
      "artifacts, components, files and digests, over everything scanned, and which artifacts have each file",
    )
    .addOption(
      new Option("--limit <count>", `matches of each kind, the best first (default: ${DEFAULT_ROWS})`).argParser(
        parseLimit,
      ),
    );
  addQuery(
    command,
    workbench,
    "find libssl.so.3",
    async ({ pool }, text: string, options: JsonOption & { limit?: number }) => {
      if (text.trim() === "") throw new UsageError("expected a text to find");
      const limit = options.limit ?? DEFAULT_ROWS;
      const found = await answerFind(pool, text, { artifacts: limit, digests: limit, files: limit, nodes: limit });
      const files = await listHeld(pool, found);
      return {
        json: () => toJson(found, files),
        print: () => printText(workbench.terminal, text, found, files),
      };
    },
  );
}

function parseLimit(text: string): number {
  const count = parseCount(text);
  if (count > MAX_ROWS) throw new InvalidArgumentError(`expected an integer from 1 to ${MAX_ROWS}`);
  return count;
}

async function listHeld(pool: Pool, { files }: FindAnswer): Promise<HeldFile[]> {
  const held: HeldFile[] = [];
  for (const file of files.rows)
    held.push({ ...file, holders: await answerFileHolders(pool, file, { text: "", limit: MAX_HOLDERS }) });
  return held;
}

function toJson({ artifacts, digests, contents, nodes, files: { truncated } }: FindAnswer, files: readonly HeldFile[]) {
  return {
    artifacts: artifacts.map(({ digest, ...artifact }) => ({ id: toArtifactId(digest), ...artifact, digest })),
    digests: digests.map(({ artifactDigest, artifactName, ...digest }) => ({
      ...digest,
      artifact: toArtifactId(artifactDigest),
      name: artifactName,
    })),
    contents: contents.map(({ digest, holders }) => ({
      what: "content",
      digest,
      files: holders.map(({ digest: holder, path }) => ({ artifact: toArtifactId(holder), path: toAbsolute(path) })),
    })),
    components: nodes.rows.map(({ identity: id, kind, name, version, artifactCount }) => ({
      id,
      kind,
      name,
      version,
      artifactCount,
    })),
    files: files.map(({ path, bytes, contentCount, holders }) => ({
      path,
      bytes,
      contentCount,
      artifacts: holders.rows.map(({ artifactDigest }) => toArtifactId(artifactDigest)),
      artifactCount: holders.total,
    })),
    truncated: truncated || nodes.truncated,
  };
}

function printText(terminal: Terminal, text: string, found: FindAnswer, files: readonly HeldFile[]): void {
  const { artifacts, digests, contents, nodes, artifactCount } = found;
  const places = contents.flatMap(({ digest, holders }) =>
    holders.map(({ name, path }) => ({ digest, name, path: toAbsolute(path) })),
  );
  const tables = [
    toTable("Artifacts", Object.values(FOUND_ARTIFACT_COLUMNS), artifacts),
    toTable("Digests", Object.values(FOUND_DIGEST_COLUMNS), digests),
    toTable("Contents of files", Object.values(CONTENT_PLACE_COLUMNS), places),
    toTable("Components", Object.values(FOUND_NODE_COLUMNS), nodes.rows),
    toTable("Files", Object.values(FOUND_FILE_COLUMNS), files),
  ];
  for (const table of tables) writeTable(terminal, table);
  const exact = files.filter(({ path }) => isWhole(path, text));
  for (const { path, holders } of exact)
    writeTable(terminal, toTable(`Artifacts with ${path}`, Object.values(HOLDER_COLUMNS), holders.rows, holders.total));
  if (found.files.truncated || nodes.truncated) writeLine(terminal, "More matches are not listed: --limit lists more.");
  if (tables.every(({ rows }) => rows.length === 0))
    writeLine(
      terminal,
      `nothing in ${formatCounted(artifactCount, "artifact")} has a name, a digest or a file like ${text}`,
    );
}

/** The path of an image's file has no leading slash, that of a store's has one. */
function toAbsolute(path: string): string {
  return path.startsWith("/") ? path : `/${path}`;
}

/** Whether the text is the file's name, or the end of its path. */
function isWhole(path: string, text: string): boolean {
  return path.endsWith(text.startsWith("/") ? text : `/${text}`);
}
