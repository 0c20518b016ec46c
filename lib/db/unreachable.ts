import { PageFailure } from "#lib/model/page-failure.ts";
import { UnreachableError } from "#lib/model/problem.ts";

/** The cause and remedy for a class of errors. */
interface Meaning {
  readonly codes: RegExp;
  readonly means: string;
}

/** SQLSTATE codes (Postgres documentation, appendix A) that report on the server, not on our query. First match wins. */
const SERVER_MEANINGS: readonly Meaning[] = [
  { codes: /^53100$/, means: "the database's disk is full; free some space and run the command again" },
  { codes: /^53200$/, means: "the database is out of memory; close other programs and run the command again" },
  { codes: /^53[34]00$/, means: "the database accepts no more connections; close other clients and try again" },
  { codes: /^57014$/, means: "the database took too long to answer; ask for less, or try again when it is less busy" },
  { codes: /^55P03$/, means: "another command has been writing to the database for too long; end it, or wait for it" },
  {
    codes: /^25P0[34]$/,
    means: "the command took too long between two writes and was rolled back; run it again",
  },
  { codes: /^25006$/, means: "the database is read-only; set DATABASE_URL to a writable server" },
  { codes: /^(28|3D|42501)/, means: "the database refuses this account; correct DATABASE_URL or the account's rights" },
  { codes: /^(XX|58)/, means: "the database's files are damaged or unreadable; check its disk, or restore a backup" },
  { codes: /^(08|57P)/, means: "the database went away; no partial data was stored, run the command again" },
];
const WENT_AWAY = SERVER_MEANINGS.at(-1)!.means;
const TOOK_TOO_LONG = /^57014$/;

/** The same from the operating system (errno names of a connection that breaks or cannot be made), and Prisma's names. */
const BROKEN_CONNECTION =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|DatabaseNotReachable|ConnectionClosed|SocketTimeout)$/;

/**
 * Messages of node-postgres, whose own errors have no code (pg/lib/client.js, pg-pool/index.js). Prisma prepends its own lines.
 */
const CLIENT_MEANINGS: readonly Meaning[] = [
  { codes: /^(Connection terminated|Client was closed|Client has encountered a connection error)/m, means: WENT_AWAY },
  { codes: /^timeout e/m, means: "the database had no free connection in time; close other clients and try again" },
];

/** After an embedded server is gone, its socket is a missing file. Prisma keeps only code and message of this error. */
const NO_SOCKET = /\bconnect ENOENT .*/;

/** Maximum number of causes followed: an error may be its own cause. */
const MAX_CAUSES = 8;

/** A database failure (exit 4). The page reads its kind from `digest`: Next.js passes on no other field. */
export class DatabaseFailure extends UnreachableError {
  readonly digest: string;

  constructor(message: string, digest: string, options: ErrorOptions) {
    super(message, options);
    this.digest = digest;
  }
}

/**
 * The one place that separates database failures (gone, restarting, full, overloaded, too slow, damaged) from our own. Follows
 * causes and Prisma's wrappers. `undefined` for every other error.
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

/** The fields of an error that show its reason. */
interface Signs {
  /** SQLSTATE, errno name or Prisma's name; "" if there is none. */
  readonly code: string;
  readonly message: string;
}

/** From an error of node-postgres or Node, or from the plain object that Prisma's adapter makes of one. */
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

/** One line, whatever the server sends: its messages may contain our SQL and line breaks. */
function reasonIn(message: string): string {
  // Prisma's messages begin with an empty line and end with the driver's.
  const lines = message.split("\n");
  return lines[0] || lines.at(-1) || "";
}

/** The wrapped error. Prisma keeps the adapter's error, whose cause has the server's fields. */
function causeOf(error: object): unknown {
  if (error instanceof AggregateError) return error.errors[0];
  if ("meta" in error && isObject(error.meta) && "driverAdapterError" in error.meta)
    return error.meta.driverAdapterError;
  return "cause" in error ? error.cause : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
