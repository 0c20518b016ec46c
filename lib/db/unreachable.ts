import { UnreachableError } from "#lib/model/problem.ts";

/** What a class of errors means, and what a person can do about it. */
interface Meaning {
  readonly codes: RegExp;
  readonly means: string;
}

/** SQLSTATE codes (Postgres documentation, appendix A) that say something of the server, not of our query. First match wins. */
const SERVER_MEANINGS: readonly Meaning[] = [
  { codes: /^53100$/, means: "the database's disk is full; free some space and run the command again" },
  { codes: /^53200$/, means: "the database is out of memory; close other programs and run the command again" },
  { codes: /^53[34]00$/, means: "the database accepts no more connections; close other clients of it and try again" },
  { codes: /^57014$/, means: "the database took too long to answer and the query was cancelled" },
  { codes: /^25006$/, means: "the database is read-only; name a writable server in DATABASE_URL" },
  { codes: /^(28|3D|42501)/, means: "the database refuses this account; correct DATABASE_URL or the account's rights" },
  { codes: /^(XX|58)/, means: "the database's files are damaged or unreadable; check its disk, or restore a backup" },
  { codes: /^(08|57P)/, means: "the database went away; nothing half done was stored, run the command again" },
];

/** The same from the operating system: errno names of a connection that breaks or cannot be made. */
const BROKEN_CONNECTION =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;

/** Messages of node-postgres, whose own errors have no code (pg/lib/client.js, pg-pool/index.js). */
const BROKEN_CLIENT = /^(Connection terminated|Client was closed|Client has encountered a connection error|timeout e)/;
const WENT_AWAY = SERVER_MEANINGS.at(-1)!.means;

/** Causes followed at most: an error may name itself as its cause. */
const MAX_CAUSES = 8;

/**
 * The one place that knows which failures are the database's and not ours: gone, restarting, full, overloaded, damaged.
 * Looks through causes and through what Prisma wraps. `undefined` for every other error.
 */
export function toUnreachable(error: unknown): UnreachableError | undefined {
  let at: unknown = error;
  for (let depth = 0; depth < MAX_CAUSES && at instanceof Error; depth++) {
    if (at instanceof UnreachableError) return at;
    const means = meaningOf(at);
    if (means !== undefined) return new UnreachableError(`${means} (${reasonOf(at)})`, { cause: error });
    at = causeOf(at);
  }
  return undefined;
}

function meaningOf(error: Error): string | undefined {
  const code = codeOf(error);
  if (code === undefined) return BROKEN_CLIENT.test(error.message) ? WENT_AWAY : undefined;
  if (BROKEN_CONNECTION.test(code) || (code === "ENOENT" && isConnecting(error))) return WENT_AWAY;
  return isSqlState(code) ? SERVER_MEANINGS.find(({ codes }) => codes.test(code))?.means : undefined;
}

/** One line, whatever the server says: its messages may hold text of ours, and line breaks. */
function reasonOf(error: Error): string {
  const [line = ""] = (error.message || error.name).split("\n");
  return line;
}

function codeOf(error: Error): string | undefined {
  if ("originalCode" in error) return String(error.originalCode);
  return "code" in error && typeof error.code === "string" ? error.code : undefined;
}

function isSqlState(code: string): boolean {
  return /^[0-9A-Z]{5}$/.test(code);
}

/** The socket of an embedded server that is gone is a file that is not there. */
function isConnecting(error: Error): boolean {
  return "syscall" in error && error.syscall === "connect";
}

function causeOf(error: Error): unknown {
  if (error instanceof AggregateError) return error.errors[0];
  return error.cause;
}
