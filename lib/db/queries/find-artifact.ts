import { shortImageName } from "#lib/model/image-name.ts";
import { toUnknownName, UsageError } from "#lib/model/problem.ts";
import { toStorable } from "../write/storable-text.ts";
import { CURRENT_NAME } from "./current-name.ts";
import { containsPattern, type Queryable } from "./queryable.ts";
import { suggestNames } from "./suggest-names.ts";

export interface FoundArtifact {
  readonly id: number;
  readonly name: string;
  /** `sha256:` and 64 hex digits. */
  readonly digest: string;
  /**
   * Node index of the store path it was named by, if that is one of several roots: a comparison then uses that root's closure,
   * not the whole store.
   */
  readonly root?: number;
}

type Candidate = FoundArtifact;

interface RootRecord extends Candidate {
  root: number;
  only_root: boolean;
}

const COLUMNS = `a.id, 'sha256:' || encode(a.digest, 'hex') AS digest`;
const MIN_PREFIX_LENGTH = 4;
/** A text of at least this many hex digits is a digest prefix, even if an image is named like another's digest. */
const SURE_PREFIX = 12;
const MAX_CANDIDATES = 12;

/**
 * The one artifact that `text` names, resolved like ARTIFACT on the command line: twelve digits or more of its digest (its id has
 * sixteen), its exact name, its name without host and `:latest`, a root's store path (the closure scanned of that root alone
 * before a store that has it among its roots), a shorter but unique prefix of its digest. A moved name means the artifact it
 * moved to, and none if that one is removed. Throws a UsageError if no artifact matches, or if several do, with the candidates.
 */
export async function findArtifact(db: Queryable, asked: string): Promise<FoundArtifact> {
  // In the form in which names are stored: a form may send characters that Postgres rejects.
  const text = toStorable(asked);
  const found =
    only(text, await withDigestPrefix(db, text, SURE_PREFIX)) ??
    (await withName(db, text)) ??
    only(text, await withShortName(db, text)) ??
    only(text, await withRoot(db, text)) ??
    only(text, await withDigestPrefix(db, text, MIN_PREFIX_LENGTH));
  if (found !== undefined) return found;
  throw toUnknownName(`no artifact is named ${text}`, await suggestNames(db, text), "; run list to see all names");
}

function only(text: string, candidates: readonly Candidate[]): Candidate | undefined {
  if (candidates.length <= 1) return candidates[0];
  const names = candidates.slice(0, MAX_CANDIDATES).map(({ name, digest }) => `${name} ${digest}`);
  throw new UsageError(`${text} is ambiguous: it matches several artifacts`, names);
}

async function withName(db: Queryable, name: string): Promise<Candidate | undefined> {
  const { rows } = await db.query<Candidate>(
    `SELECT ${COLUMNS}, n.name FROM artifact_name n JOIN artifact a ON a.id = n.artifact_id
     WHERE n.name = $1 AND n.moved_at IS NULL`,
    [name],
  );
  return rows[0];
}

async function withShortName(db: Queryable, text: string): Promise<Candidate[]> {
  const short = shortImageName(text);
  const { rows } = await db.query<Candidate>(
    `SELECT ${COLUMNS}, n.name FROM artifact_name n JOIN artifact a ON a.id = n.artifact_id
     WHERE n.name LIKE $1 AND n.moved_at IS NULL ORDER BY n.name`,
    [containsPattern(short)],
  );
  return distinctArtifacts(rows.filter(({ name }) => shortImageName(name) === short));
}

/** A store path names a closure of which it is a root. An image may have the same root, and has a name of its own. */
async function withRoot(db: Queryable, text: string): Promise<Candidate[]> {
  if (!text.startsWith("/")) return [];
  const { rows } = await db.query<RootRecord>(
    `SELECT ${COLUMNS}, ${CURRENT_NAME} AS name, n.node_index AS root, NOT EXISTS
       (SELECT FROM node o WHERE o.artifact_id = n.artifact_id AND o.root AND o.node_index <> n.node_index) AS only_root
     FROM component c JOIN node n ON n.component_id = c.id AND n.root JOIN artifact a ON a.id = n.artifact_id
     WHERE c.identity = $1 AND a.kind <> 'image' ORDER BY only_root DESC, a.id DESC LIMIT $2`,
    [text, MAX_CANDIDATES],
  );
  const alone = rows.filter((row) => row.only_root);
  if (alone.length > 0) return distinctArtifacts(alone.map(({ id, name, digest }) => ({ id, name, digest })));
  return distinctArtifacts(rows.map(({ only_root: _, ...found }) => found));
}

async function withDigestPrefix(db: Queryable, text: string, shortest: number): Promise<Candidate[]> {
  const hex = text.replace(/^sha256:/, "").toLowerCase();
  if (!/^[0-9a-f]+$/.test(hex) || hex.length < shortest || hex.length > 64) return [];
  const { rows } = await db.query<Candidate>(
    `SELECT ${COLUMNS}, ${CURRENT_NAME} AS name FROM artifact a
     WHERE a.digest BETWEEN $1 AND $2 ORDER BY a.id LIMIT $3`,
    [Buffer.from(hex.padEnd(64, "0"), "hex"), Buffer.from(hex.padEnd(64, "f"), "hex"), MAX_CANDIDATES],
  );
  return rows;
}

function distinctArtifacts(rows: readonly Candidate[]): Candidate[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}
