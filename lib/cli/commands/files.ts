import type { Command } from "commander";
import { answerPath, type FilesAnswer } from "#lib/answers/files.ts";
import type { DirectoryChild } from "#lib/db/queries/list-directory.ts";
import type { NodeName } from "#lib/db/queries/list-node-names.ts";
import { formatCounted, formatSize } from "#lib/display/bytes.ts";
import { formatMode } from "#lib/display/file-mode.ts";
import { column, toTable } from "#lib/exports/table.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import { ENTRY_KIND_NAMES, EntryKind } from "#lib/model/layer.ts";
import { findOneArtifact, IMAGE } from "../artifact-set.ts";
import { ALL_ROWS, limitOption, parsePosition } from "../option-values.ts";
import { addQuery, type JsonOption } from "../query-command.ts";
import { type Terminal, writeLine } from "../terminal.ts";
import type { Workbench } from "../workbench.ts";
import { writeTable } from "../write-table.ts";

/** Rows of the text output. */
const SHOWN_FILES = 40;

interface FilesOptions extends JsonOption {
  readonly layer?: number;
  readonly limit?: number;
}

export function addFilesCommand(program: Command, workbench: Workbench): void {
  const command = program
    .command("files")
    .argument("<image>", IMAGE)
    .argument("[path]", "a directory or a file", "/")
    .description("a directory of an image as a container sees it, or as one layer contains it, with sizes and owners")
    .option(
      "--layer <number>",
      "the contents of this layer, hidden or not, and its deletions; 0: lowest",
      parsePosition,
    )
    .addOption(limitOption(SHOWN_FILES));
  const example = "files nginx:1.27 /usr/lib --layer 2";
  addQuery(command, workbench, example, async ({ pool }, image: string, path: string, options: FilesOptions) => {
    const { layer, limit = options.json ? ALL_ROWS : SHOWN_FILES } = options;
    const { id: artifactId, digest } = await findOneArtifact(pool, image);
    const answer = await answerPath(pool, { artifactId, path: trimSlashes(path), layer, limit });
    return {
      json: () => ({ artifact: toArtifactId(digest), layer: layer ?? null, ...toJson(answer) }),
      print: () => printText(workbench.terminal, answer),
    };
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
    kind: ENTRY_KIND_NAMES[child.kind],
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

function printText(terminal: Terminal, { directories, owners }: FilesAnswer): void {
  const { children, childCount, byteCount } = directories[0]!;
  const owner = column<DirectoryChild>("Owner", "text", (child) => findOwner(owners, child)?.name ?? null);
  writeTable(terminal, toTable("", [...COLUMNS, owner, ENTRY_NAME], children, childCount));
  writeLine(terminal, `${formatCounted(childCount, "name")}, ${formatSize(byteCount)}`);
}

const COLUMNS = [
  column<DirectoryChild>("Mode", "text", ({ kind, mode }) => (mode < 0 ? null : formatMode(kind, mode))),
  column<DirectoryChild>("Size", "bytes", ({ byteCount }) => byteCount),
  column<DirectoryChild>("Files", "count", ({ kind, fileCount }) => (kind === EntryKind.directory ? fileCount : null)),
  column<DirectoryChild>("Layer", "count", ({ layer }) => (layer < 0 ? null : layer)),
];

const ENTRY_NAME = column<DirectoryChild>("Name", "path", ({ kind, name, target }) => {
  if (kind === EntryKind.directory) return `${name}/`;
  if (kind === EntryKind.whiteout) return `${name} (deleted by this layer)`;
  if (kind === EntryKind.opaqueWhiteout) return `${name}/ (emptied by this layer)`;
  return target === "" ? name : `${name} → ${target}`;
});
