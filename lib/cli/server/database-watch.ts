import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "#lib/db/server/database.ts";
import { findFailure } from "#lib/db/server/find-failure.ts";

/** A database that answered is not asked again for this long, unless one of its connections breaks. */
const TRUSTED_MILLISECONDS = 1_000;
/** Between two attempts to bring it back. */
const RETRY_MILLISECONDS = 500;
const RETRY_AFTER_SECONDS = 2;

/**
 * Watches the database of a server that runs for days: knows whether it answers, and brings the embedded one back when it
 * died. Death and return are one line each for `report`, whatever number of pages asks meanwhile.
 */
export class DatabaseWatch {
  readonly #database: Database;
  readonly #report: (line: string) => void;
  #answeredAt = Date.now();
  #asking: Promise<boolean> | undefined;
  #restoring = false;
  #stopped = false;

  constructor(database: Database, report: (line: string) => void) {
    this.#database = database;
    this.#report = report;
    // Broken connections are heard at once, without a request: the next one meets a database that is on its way back.
    database.pool
      .on("error", () => this.#suspect())
      .on("connect", (client) => client.on("error", () => this.#suspect()));
  }

  /** Asks the database at most once a second. */
  async isUp(): Promise<boolean> {
    if (this.#stopped || this.#restoring) return false;
    if (Date.now() - this.#answeredAt < TRUSTED_MILLISECONDS) return true;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  /** No further attempts; the database stays the caller's to close. */
  stop(): void {
    this.#stopped = true;
  }

  #suspect(): void {
    this.#answeredAt = 0;
    void this.isUp();
  }

  async #ask(): Promise<boolean> {
    const failure = await findFailure(this.#database);
    if (failure === undefined) this.#answeredAt = Date.now();
    else void this.#restore(failure);
    return failure === undefined;
  }

  /** Never rejects: what goes wrong is tried again. */
  async #restore(failure: string): Promise<void> {
    this.#restoring = true;
    this.#report(`the database does not answer, trying again until it does: ${failure}`);
    while (!this.#stopped && !(await revive(this.#database)))
      await sleep(RETRY_MILLISECONDS, undefined, { ref: false });
    this.#restoring = false;
    this.#answeredAt = Date.now();
    if (!this.#stopped) this.#report("the database answers again");
  }
}

/** Starts the database where that is ours to do; true when it answers. */
async function revive(database: Database): Promise<boolean> {
  try {
    await database.revive();
  } catch {
    // Told by the next command and by `doctor`; here the same line would come twice a second.
    return false;
  }
  return (await findFailure(database)) === undefined;
}

const UNAVAILABLE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Database not reachable – Stratigraph</title>
<meta http-equiv="refresh" content="${RETRY_AFTER_SECONDS}"><meta name="viewport" content="width=device-width">
<h1>The database does not answer</h1>
<p>Stratigraph is running and keeps trying to reach its database. This page reloads by itself.</p>
<p>If it stays like this: <code>./stratigraph doctor</code></p></html>
`;

/** What every page says while the database is away: 503, and to come again (RFC 9110, 15.6.4). */
export function sendUnavailable(response: ServerResponse): void {
  response.writeHead(503, {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Retry-After": String(RETRY_AFTER_SECONDS),
  });
  response.end(UNAVAILABLE);
}
