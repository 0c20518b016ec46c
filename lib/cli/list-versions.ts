import type { Pool } from "pg";
import { answerArtifacts } from "#lib/answers/artifacts.ts";
import { answerVersions } from "#lib/answers/versions.ts";
import { findArtifact } from "#lib/db/queries/find-artifact.ts";
import { unknownWords, versionsWords } from "#lib/display/version-words.ts";
import { toTable } from "#lib/exports/table.ts";
import { versionColumns } from "#lib/exports/tables/versions.ts";
import { toArtifactId } from "#lib/model/artifact-id.ts";
import type { NameVersion, VersionsAnswer } from "#lib/model/name-version.ts";
import { ALL_ROWS } from "./option-values.ts";
import type { QueryResult } from "./query-command.ts";
import { print, type Terminal } from "./terminal.ts";
import { writeTable } from "./write-table.ts";

/** `list --versions NAME`: what a name referred to over time. Throws a UsageError if it is not known. */
export async function listVersions(db: Pool, terminal: Terminal, name: string): Promise<QueryResult> {
  const answer = await answerVersions(db, { name, limit: ALL_ROWS });
  return {
    json: async () => ({ artifacts: await loadArtifacts(db, answer.versions), ...answer }),
    print: () => printVersions(terminal, answer),
  };
}

/** Each artifact once, as `list` has it. */
async function loadArtifacts(db: Pool, versions: readonly NameVersion[]) {
  const digests = [...new Set(versions.map(({ digest }) => digest))];
  const found = await Promise.all(digests.map((digest) => findArtifact(db, digest)));
  const answers = await answerArtifacts(
    db,
    found.map(({ id }) => id),
  );
  return found.flatMap(({ id }) => answers.get(id) ?? []);
}

function printVersions(terminal: Terminal, answer: VersionsAnswer): void {
  const { name, scope, order, measure, versions } = answer;
  const { names, digest, size, delta, added, removed, changed, created, since, until } = versionColumns(measure);
  const times = scope === "name" ? [since, until] : [order === "created" ? created : since];
  const id = { ...digest, name: "Id", shown: (version: NameVersion) => toArtifactId(version.digest) };
  writeTable(
    terminal,
    toTable(`${name}: ${versionsWords(answer)}`, [id, names, size, delta, added, removed, changed, ...times], versions),
  );
  const unknown = unknownWords(versions);
  if (unknown !== undefined) print(terminal, unknown);
}
