import { createHash } from "node:crypto";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import type { Answer } from "#lib/model/answer.ts";
import {
  buildClosureAnswer,
  buildDiffAnswer,
  buildImageAnswer,
  buildOverlapAnswer,
  buildSavingsAnswer,
} from "./answers.ts";

/** The image of older rows: two packages of one file each, one needing the other, in one layer. */
export const OLDER_IMAGE = { name: "shop/app:1", bytes: 12, packages: ["base-files", "libc6"] } as const;
/** Their closure: two store paths, one referring to the other. */
export const OLDER_CLOSURE = {
  name: "hello-2.12",
  bytes: 300,
  root: "/nix/store/11111111111111111111111111111111-hello-2.12",
} as const;

const DEPENDENCY = "/nix/store/22222222222222222222222222222222-glibc-2.40";
const LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar+gzip";

/** Rows of a database from one migration on, as the program of that time wrote them. */
interface OlderRows {
  /** Words in the migration's name. */
  readonly since: string;
  /** Words of the migration that changed the table: from there on `instead` was written. */
  readonly until?: string;
  readonly sql: string;
  readonly instead?: string;
}

const sha = (key: string) => `'\\x${createHash("sha256").update(key).digest("hex")}'`;
/** Little-endian, as typed arrays are written. */
const int32 = (...values: number[]) => `'\\x${Buffer.from(Int32Array.from(values).buffer).toString("hex")}'`;
const float64 = (...values: number[]) => `'\\x${Buffer.from(Float64Array.from(values).buffer).toString("hex")}'`;

const GRAPH = `1, ${int32(0, 1, 1)}, ${int32(1)}, '\\x01', ${int32(-1, 0)}, ${int32(0, 1)}, ${int32(0, 0)}`;

const ROWS: readonly OlderRows[] = [
  {
    since: "init",
    sql: `
INSERT INTO content VALUES (1, ${sha("motd")}, 5), (2, ${sha("issue")}, 7);
INSERT INTO layer VALUES (1, ${sha("layer")}, 2048, 12, 3);
INSERT INTO blob VALUES (${sha("blob")}, 1, 900, 'gzip');
INSERT INTO layer_entry VALUES (1, 0, '', 'etc', 1, 493, 0, 0, 0, 0, NULL, NULL),
  (1, 1, 'etc', 'motd', 0, 420, 0, 0, 5, 0, NULL, 1), (1, 2, 'etc', 'issue', 0, 420, 0, 0, 7, 0, NULL, 2);
INSERT INTO component (id, identity, nar_hash, kind, name, version) VALUES
  (1, 'pkg:deb/debian/base-files@13', '', 'deb', 'base-files', '13'), (2, 'pkg:deb/debian/libc6@2.41', '', 'deb', 'libc6', '2.41'),
  (3, '${OLDER_CLOSURE.root}', 'sha256:1', 'store', 'hello', '2.12'), (4, '${DEPENDENCY}', 'sha256:2', 'store', 'glibc', '2.40');
INSERT INTO store_reference VALUES (3, 4);
INSERT INTO artifact (id, kind, digest, platform, node_count, edge_count, engine_version) VALUES
  (1, 'image', ${sha("image")}, 'linux/amd64', 2, 1, 1), (2, 'closure', ${sha("closure")}, '', 2, 1, 1);
INSERT INTO artifact_name (artifact_id, name, source) VALUES (1, '${OLDER_IMAGE.name}', 'oci:app'), (2, '${OLDER_CLOSURE.name}', 'nix-store:');
INSERT INTO image VALUES (1, ${sha("config")}, 12, 12, 0, 900, '', '{}', ${int32(-2, 0, 1)});
INSERT INTO closure (artifact_id, store_dir, closure_size, roots_known) VALUES (2, '/nix/store', 300, true);
INSERT INTO image_layer VALUES (1, 0, 1, ${sha("chain")}, ${sha("blob")}, 900, '${LAYER_TYPE}', 'COPY . .');
INSERT INTO node VALUES (1, 0, 1, '', 5, 12, 12, 1, 0, true, true), (1, 1, 2, '', 7, 7, 7, 0, 1, true, false),
  (2, 0, 3, '', 100, 300, 300, 1, 0, true, true), (2, 1, 4, '', 200, 200, 200, 0, 1, true, false);
INSERT INTO edge VALUES (1, 0, 0, 1, 1, 'Depends: libc6');
INSERT INTO packed_graph VALUES (1, ${GRAPH}), (2, ${GRAPH});
SELECT setval(pg_get_serial_sequence(t, 'id'), 1000) FROM unnest('{content,layer,component,artifact}'::text[]) AS t`,
  },
  // The image's name meant another artifact the day before.
  {
    since: "init",
    until: "names_move",
    sql: `INSERT INTO artifact_name (artifact_id, name, source, seen_at)
      VALUES (2, '${OLDER_IMAGE.name}', 'oci:app', now() - interval '1 day')`,
    instead: `INSERT INTO artifact_name (artifact_id, name, source, seen_at, moved_at)
      VALUES (2, '${OLDER_IMAGE.name}', 'oci:app', now() - interval '1 day', now())`,
  },
  {
    since: "init",
    until: "text_of_any_length",
    sql: "INSERT INTO image_directory VALUES (1, '', '', 12, 2), (1, '', 'etc', 12, 2)",
    instead: `INSERT INTO image_directory (artifact_id, ordinal, dir, name, byte_count, file_count)
      VALUES (1, 0, '', '', 12, 2), (1, 1, '', 'etc', 12, 2)`,
  },
  {
    since: "chunks",
    sql: `INSERT INTO chunk VALUES (1, ${sha("piece")}, 5, 1);
      INSERT INTO content_chunk VALUES (1, 16384, 65536, 262144, ${int32(1)})`,
  },
  // An unsupported version: `migrate --rebuild` packs the files again.
  { since: "packed_files", sql: "INSERT INTO packed_files VALUES (1, 1, '', '', '', '', '', '', '')" },
  { since: "closure_roots", sql: "UPDATE closure SET roots = '{0}'" },
  {
    since: "named_sets",
    sql: `INSERT INTO named_set (name, digests) VALUES ('release', ARRAY[${sha("image")}, ${sha("closure")}]::bytea[])`,
  },
  {
    since: "store_files",
    sql: "INSERT INTO store_file VALUES (3, 0, '', 1, false, 0, NULL, NULL), (3, 1, 'hello', 0, true, 5, NULL, 1)",
  },
  {
    since: "attached",
    sql: `INSERT INTO image_attachment VALUES (1, 0, 'provenance', 'https://slsa.dev/provenance/v1', ${sha("statement")}, 900, '');
      INSERT INTO image_base_claim VALUES (1, 0, 'debian:13', ${sha("base")}, ${sha("statement")})`,
  },
  {
    since: "stale_notice",
    sql: `INSERT INTO stale_notice (image, base, newer) VALUES (${sha("image")}, ${sha("base")}, ${sha("newer")})`,
  },
  {
    since: "closure_cache",
    sql: `INSERT INTO closure_cache VALUES (2, ${float64(60, 90)}, 150, '{key-1}', ${int32(0, 0)},
      '[{"status":"verified","keyName":"key-1"}]', 1)`,
  },
];

/** Answers as in the first reports: without the parts added later, all of which are optional. */
export const OLDER_ANSWERS: readonly Answer[] = [
  buildDiffAnswer("left-pad"),
  buildOverlapAnswer(2),
  buildSavingsAnswer(),
  buildImageAnswer(),
  buildClosureAnswer(),
];

/** Fills a database with exactly these migrations. */
export async function insertOlderRows(db: Queryable, applied: readonly string[]): Promise<void> {
  const has = (words: string) => applied.some((name) => name.endsWith(`_${words}`));
  for (const { since, until, sql, instead = "" } of ROWS) {
    if (has(since)) await db.query(until !== undefined && has(until) ? instead : sql);
  }
  if (has("reports")) await insertReports(db);
}

/** Id of the report of an older answer. */
export function olderReportId(answer: Answer): string {
  return `${OLDER_ANSWERS.indexOf(answer)}`.repeat(24);
}

async function insertReports(db: Queryable): Promise<void> {
  for (const answer of OLDER_ANSWERS) {
    await db.query("INSERT INTO report (id, question, title, engine_version, answer) VALUES ($1, $2, $3, 1, $4)", [
      olderReportId(answer),
      answer.question,
      `an older ${answer.question}`,
      JSON.stringify(answer),
    ]);
  }
}
