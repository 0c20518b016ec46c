import type { VisibleName } from "#lib/model/holding.ts";
import { EntryKind } from "#lib/model/layer.ts";
import { readInt8 } from "./columns.ts";
import { copyOut, integerList } from "./copy-out.ts";
import type { Queryable } from "./queryable.ts";

/** A name inside a store item, "" for the item itself. */
export interface ItemName extends VisibleName {
  /** The item, by its path and NAR hash. */
  readonly componentId: number;
}

/** Bytes of one name in `fields`: component_id (int8), kind (int2), executable (int2), byte_count, content_id (int8), big-endian. */
const FIELDS = { kind: 8, executable: 10, byteCount: 12, contentId: 20, length: 28 } as const;
/** Names come with the modes that a store gives them. */
const MODES = { executable: 0o555, plain: 0o444, directory: 0o555, symlink: 0o777 } as const;
const NO_BYTES = Buffer.alloc(0);

/**
 * The names in these store items (component ids), in no order. Three values in all: a row per name would cost ten times as much.
 */
export async function listItemFiles(db: Queryable, componentIds: readonly number[]): Promise<ItemName[]> {
  if (componentIds.length === 0) return [];
  const [row] = await copyOut(
    db,
    // The three aggregates see the rows in the same order, whichever it is. No path contains NUL.
    `SELECT string_agg(convert_to(path, 'UTF8') || '\\x00'::bytea, ''),
       string_agg(convert_to(coalesce(target, ''), 'UTF8') || '\\x00'::bytea, ''),
       string_agg(int8send(component_id) || int2send(kind) || int2send(executable::int::smallint) || int8send(byte_count)
         || int8send(coalesce(content_id, -1)), '')
     FROM store_file WHERE component_id = ANY(${integerList(componentIds)})`,
  );
  const [paths, targets, fields] = (row ?? []).map((column) => column ?? NO_BYTES);
  return toNames(splitText(paths!), splitText(targets!), fields!);
}

function splitText(bytes: Buffer): string[] {
  return bytes.toString("utf8").split("\0");
}

function toNames(paths: readonly string[], targets: readonly string[], fields: Buffer): ItemName[] {
  return Array.from({ length: fields.length / FIELDS.length }, (_, i) => {
    const at = i * FIELDS.length;
    const kind = fields.readInt16BE(at + FIELDS.kind) as EntryKind;
    return {
      componentId: readInt8(fields, at),
      path: paths[i]!,
      kind,
      mode: toMode(kind, fields.readInt16BE(at + FIELDS.executable) === 1),
      uid: 0,
      gid: 0,
      byteCount: readInt8(fields, at + FIELDS.byteCount),
      contentId: readInt8(fields, at + FIELDS.contentId),
      target: targets[i]!,
    };
  });
}

function toMode(kind: EntryKind, executable: boolean): number {
  if (kind === EntryKind.directory) return MODES.directory;
  if (kind === EntryKind.symlink) return MODES.symlink;
  return executable ? MODES.executable : MODES.plain;
}
