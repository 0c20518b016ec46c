import { PageFailure } from "#lib/model/page-failure.ts";
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
  { codes: /^57014$/, means: "the database took too long to answer; ask for less, or try again when it is less busy" },
  { codes: /^55P03$/, means: "another command has been writing to the database for too long; end it, or wait for it" },
  {
    codes: /^25P0[34]$/,
    means: "a command waited too long between two writes; nothing of it was stored, run it again",
  },
  { codes: /^25006$/, means: "the database is read-only; name a writable server in DATABASE_URL" },
  { codes: /^(28|3D|42501)/, means: "the database refuses this account; correct DATABASE_URL or the account's rights" },
  { codes: /^(XX|58)/, means: "the database's files are damaged or unreadable; check its disk, or restore a backup" },
  { codes: /^(08|57P)/, means: "the database went away; nothing half done was stored, run the command again" },
];
const WENT_AWAY = SERVER_MEANINGS.at(-1)!.means;
const TOOK_TOO_LONG = /^57014$/;

/** The same from the operating system (errno names of a connection that breaks or cannot be made), and as Prisma calls it. */
const BROKEN_CONNECTION =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|DatabaseNotReachable|ConnectionClosed|SocketTimeout)$/;

/** Messages of node-postgres, whose own errors have no code (pg/lib/client.js, pg-pool/index.js). Prisma puts lines of its own above. */
const CLIENT_MEANINGS: readonly Meaning[] = [
  { codes: /^(Connection terminated|Client was closed|Client has encountered a connection error)/m, means: WENT_AWAY },
  { codes: /^timeout e/m, means: "the database gave no connection in time; close other clients of it and try again" },
];

/** The socket of an embedded server that is gone is a file that is not there. Of this, Prisma keeps code and message. */
const NO_SOCKET = /\bconnect ENOENT .*/;

/** Causes followed at most: an error may name itself as its cause. */
const MAX_CAUSES = 8;

/** A failure of the database (exit 4). `digest` is what a page's reader is told of it: Next.js hands over no other field. */
export class DatabaseFailure extends UnreachableError {
  readonly digest: string;

  constructor(message: string, digest: string, options: ErrorOptions) {
    super(message, options);
    this.digest = digest;
  }
}

/**
 * The one place that knows which failures are the database's and not ours: gone, restarting, full, overloaded, too slow,
 * damaged. Looks through causes and through what Prisma wraps. `undefined` for every other error.
 */
export function toUnreachable(error: unknown): UnreachableError | undefined {
  let at: unknown = error;
  for (let depth = 0; depth < MAX_CAUSES && isObject(at); depth++) {
    if (at instanceof UnreachableError) return at;
    const signs = readSigns(at);
    const means = meaningOf(signs);
    if (means !== undefined) {
      const digest = TOOK_TOO_LONG.test(signs.code) ? PageFailure.tooLong : PageFailure.unreachable;
      return new DatabaseFailure(`${means} (${reasonIn(signs.message)})`, digest, { cause: error });
    }
    at = causeOf(at);
  }
  return undefined;
}

/** What an error shows of its reason. */
interface Signs {
  /** SQLSTATE, errno name or Prisma's name; "" where there is none. */
  readonly code: string;
  readonly message: string;
}

/** Of an error of node-postgres or Node, or of the plain object that Prisma's adapter makes of one. */
function readSigns(from: object): Signs {
  const fields: Record<string, unknown> = { ...from };
  const code = [fields.originalCode, fields.code, fields.kind].find((each) => typeof each === "string");
  const said = fields.originalMessage ?? (from instanceof Error ? from.message || from.name : fields.kind);
  return { code: String(code ?? ""), message: String(said ?? "") };
}

function meaningOf({ code, message }: Signs): string | undefined {
  if (code === "") return CLIENT_MEANINGS.find(({ codes }) => codes.test(message))?.means;
  if (BROKEN_CONNECTION.test(code) || (code === "ENOENT" && NO_SOCKET.test(message))) return WENT_AWAY;
  return isSqlState(code) ? SERVER_MEANINGS.find(({ codes }) => codes.test(code))?.means : undefined;
}

function isSqlState(code: string): boolean {
  return /^[0-9A-Z]{5}$/.test(code);
}

/** One line, whatever the server says: its messages may hold text of ours, and line breaks. */
function reasonIn(message: string): string {
  // Prisma's begin with an empty line, and have the driver's at their end.
  const lines = message.split("\n");
  return lines[0] || lines.at(-1) || "";
}

/** The error below this one. Prisma keeps the adapter's, and that has the server's fields as its cause. */
function causeOf(error: object): unknown {
  if (error instanceof AggregateError) return error.errors[0];
  if ("meta" in error && isObject(error.meta) && "driverAdapterError" in error.meta)
    return error.meta.driverAdapterError;
  return "cause" in error ? error.cause : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
