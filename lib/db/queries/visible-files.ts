import { EntryKind } from "#lib/model/layer.ts";
import { fileKey } from "./file-key.ts";

/** A path in images, as in layer_entry. */
export interface LayerPath {
  /** "" at the root. */
  readonly dir: string;
  readonly name: string;
}

/** Directory part and last part of a path without slashes at its ends. */
export function splitPath(path: string): LayerPath {
  const slash = path.lastIndexOf("/");
  return { dir: path.slice(0, Math.max(0, slash)), name: path.slice(slash + 1) };
}

const SAME = `${fileKey("e.name")} = ${fileKey("p.name")} AND hashtext(e.dir) = hashtext(p.dir) AND e.dir = p.dir AND e.name = p.name`;

/**
 * SQL: a WITH clause whose last table is `visible`, one row for each of the paths and each image whose containers see a file there:
 * the path's number from 0, the image and its layer's position. Its first five values are those of `visibleArguments`. In each image
 * the topmost layer that has the path, or deletes or replaces it or one of its directories, decides; in a layer its last entry
 * does, and whiteouts hide lower layers only. The cost grows with the entries
 * of these paths and their images, not with the database.
 */
export const VISIBLE_FILES = `WITH own AS MATERIALIZED (
    SELECT DISTINCT ON (p.number, e.layer_id) p.number - 1 AS number, e.layer_id, e.ordinal, e.kind, e.byte_count,
      coalesce('content ' || e.content_id, e.kind || ' ' || e.target, e.kind::text) AS content
    FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS p(dir, name, number) JOIN layer_entry e ON ${SAME} AND e.kind < ${EntryKind.whiteout}
    ORDER BY p.number, e.layer_id, e.ordinal DESC
  ), hiding AS (
    SELECT p.number - 1 AS number, e.layer_id, -1 AS ordinal FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS p(dir, name, number)
    JOIN layer_entry e ON ${SAME} AND e.kind = ${EntryKind.whiteout}
    UNION ALL SELECT p.number, e.layer_id, CASE WHEN e.kind < ${EntryKind.whiteout} THEN e.ordinal ELSE -1 END FROM unnest($3::int[], $4::text[], $5::text[]) AS p(number, dir, name)
    JOIN layer_entry e ON ${SAME} AND e.kind <> ${EntryKind.directory} AND e.kind <= ${EntryKind.opaqueWhiteout}
  ), deciding AS (
    SELECT number, layer_id, ordinal, kind, byte_count, content FROM own
    UNION ALL SELECT number, layer_id, ordinal, NULL, NULL, NULL FROM hiding
  ), topmost AS (
    SELECT DISTINCT ON (d.number, l.artifact_id) d.*, l.artifact_id, l.position FROM deciding d
    JOIN image_layer l ON l.layer_id = d.layer_id ORDER BY d.number, l.artifact_id, l.position DESC, d.ordinal DESC
  ), visible AS (SELECT * FROM topmost WHERE kind <> ${EntryKind.directory})`;

/** The paths, and the directories above them, as values of VISIBLE_FILES. */
export function visibleArguments(paths: readonly LayerPath[]): unknown[] {
  const above = paths.flatMap(({ dir }, number) => listAbove(dir).map((path) => ({ number, ...splitPath(path) })));
  return [
    paths.map(({ dir }) => dir),
    paths.map(({ name }) => name),
    above.map(({ number }) => number),
    above.map(({ dir }) => dir),
    above.map(({ name }) => name),
  ];
}

/** A directory and all above it, the root included. */
function listAbove(dir: string): string[] {
  const parts = dir === "" ? [] : dir.split("/");
  return ["", ...parts.map((_, i) => parts.slice(0, i + 1).join("/"))];
}
