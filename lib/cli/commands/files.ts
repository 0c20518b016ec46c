import type { Command } from "commander";
import { answerPath, type FilesAnswer } from "#lib/answers/files.ts";
import type { DirectoryChild } from "#lib/db/queries/list-directory.ts";
import type { NodeName } from "#lib/db/queries/list-node-names.ts";
import { formatBytes, formatCount, formatCounted } from "#lib/display/bytes.ts";
import { formatMode } from "#lib/display/file-mode.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import { EntryKind } from "#lib/model/layer.ts";
import { findOneArtifact } from "../artifact-set.ts";
import { parseCount, parsePosition } from "../option-values.ts";
import { type Terminal, writeCut, writeJson, writeLine, writeTable } from "../terminal.ts";
import { askDatabase, type Workbench } from "../workbench.ts";

/** Rows a person is shown. JSON has them all. */
const SHOWN_FILES = 40;
const HEADINGS = ["mode", "size", "files", "layer", "owner", "name"];
const KIND_NAMES = new Map(Object.entries(EntryKind).map(([name, kind]) => [kind, name]));

interface FilesOptions {
  layer?: number;
  limit?: number;
  json?: boolean;
}

export function addFilesCommand(program: Command, workbench: Workbench): void {
  program
    .command("files")
    .argument("<image>", "name, repo:tag, digest or id")
    .argument("[path]", "a directory or a file; default: the root")
    .description("a directory of an image as a container sees it, or as one layer contains it, with sizes and owners")
    .option(
      "--layer <number>",
      "what this layer contains, hidden or not, and what it deletes; 0 is the lowest",
      parsePosition,
    )
    .option("--limit <count>", `at most so many rows, largest first (default: ${SHOWN_FILES}; all in JSON)`, parseCount)
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", "\nExample:\n  stratigraph files nginx:1.27 /usr/lib --layer 2")
    .action((image: string, path: string | undefined, options: FilesOptions) =>
      files(workbench, { image, path: trimSlashes(path ?? ""), ...options }),
    );
}

function files(
  { terminal, signal }: Workbench,
  { image, path, layer, limit, json }: FilesOptions & { image: string; path: string },
): Promise<void> {
  return askDatabase(signal, async ({ pool }) => {
    const { id: artifactId, digest } = await findOneArtifact(pool, image);
    const most = limit ?? (json ? Number.POSITIVE_INFINITY : SHOWN_FILES);
    const answer = await answerPath(pool, { artifactId, path, layer, limit: most });
    if (json) writeJson(terminal, { artifact: toArtifactId(digest), layer: layer ?? null, ...toJson(answer) });
    else writeText(terminal, answer);
  });
}

/** Paths in an image are relative to its root. */
function trimSlashes(path: string): string {
  return path
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/");
}

function toJson({ directories, owners }: FilesAnswer) {
  const { path, children, childCount, byteCount } = directories[0]!;
  const entries = children.map((child) => ({
    path: child.path,
    kind: KIND_NAMES.get(child.kind),
    bytes: child.byteCount,
    files: child.fileCount,
    mode: child.mode < 0 ? null : child.mode.toString(8).padStart(4, "0"),
    target: child.target,
    layer: child.layer < 0 ? null : child.layer,
    owner: findOwner(owners, child) ?? null,
  }));
  return { path, entries, total: { entries: childCount, bytes: byteCount } };
}

function findOwner(owners: readonly NodeName[], { owner }: DirectoryChild) {
  const found = owners.find(({ nodeIndex }) => nodeIndex === owner);
  return found && { kind: found.kind, name: found.name, version: found.version };
}

function writeText(terminal: Terminal, { directories, owners }: FilesAnswer): void {
  const { children, childCount, byteCount } = directories[0]!;
  const rows = children.map((child) => toCells(child, findOwner(owners, child)?.name ?? ""));
  writeTable(terminal, { cells: [HEADINGS, ...rows], right: [1, 2, 3], fitted: HEADINGS.indexOf("name") });
  writeCut(terminal, childCount, children.length);
  writeLine(terminal, `${formatCounted(childCount, "name")}, ${formatBytes(byteCount)} (${byteCount} bytes)`);
}

function toCells(child: DirectoryChild, owner: string): string[] {
  const { kind, mode, byteCount, fileCount, layer } = child;
  const files = kind === EntryKind.directory ? formatCount(fileCount) : "";
  return [
    mode < 0 ? "" : formatMode(kind, mode),
    formatBytes(byteCount),
    files,
    layer < 0 ? "" : String(layer),
    owner,
    formatName(child),
  ];
}

function formatName({ kind, name, target }: DirectoryChild): string {
  if (kind === EntryKind.directory) return `${name}/`;
  if (kind === EntryKind.whiteout) return `${name} (deleted by this layer)`;
  if (kind === EntryKind.opaqueWhiteout) return `${name}/ (emptied by this layer)`;
  return target === "" ? name : `${name} → ${target}`;
}
