import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "#lib/db/server/database.ts";
import { findFailure } from "#lib/db/server/find-failure.ts";

/** After an answer, the database is not checked again for this long, unless one of its connections breaks. */
const TRUSTED_MS = 1_000;
/** Time between two attempts to restart it. */
const RETRY_MS = 500;
const RETRY_AFTER_SECONDS = 2;

/**
 * Watches the database of a server that runs for days, and restarts the embedded one if it ends. `report` gets one line when the
 * database stops answering and one when it answers again, however many pages ask meanwhile.
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
    // A broken connection is noticed at once: the database may be back before the next request.
    database.pool
      .on("error", () => this.#suspect())
      .on("connect", (client) => client.on("error", () => this.#suspect()));
  }

  /** True if the database answers; checked at most once a second. */
  async isUp(): Promise<boolean> {
    if (this.#stopped || this.#restoring) return false;
    if (Date.now() - this.#answeredAt < TRUSTED_MS) return true;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  /** Stops all attempts. The caller closes the database. */
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

  /** Never rejects: failed attempts are repeated. */
  async #restore(failure: string): Promise<void> {
    this.#restoring = true;
    this.#report(`the database does not answer, trying again until it does: ${failure}`);
    while (!this.#stopped && !(await revive(this.#database))) await sleep(RETRY_MS, undefined, { ref: false });
    this.#restoring = false;
    this.#answeredAt = Date.now();
    if (!this.#stopped) this.#report("the database answers again");
  }
}

/** Starts the database if it is the embedded one; true if it answers. */
async function revive(database: Database): Promise<boolean> {
  try {
    await database.revive();
  } catch {
    // The next command and `doctor` report the reason; here it would be repeated twice a second.
    return false;
  }
  return (await findFailure(database)) === undefined;
}

const UNAVAILABLE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Database not reachable – Stratigraph</title>
<meta http-equiv="refresh" content="${RETRY_AFTER_SECONDS}"><meta name="viewport" content="width=device-width">
<h1>The database does not answer</h1>
<p>Stratigraph is running and keeps trying to reach its database. This page reloads by itself.</p>
<p>If it does not: <code>./stratigraph doctor</code></p></html>
`;

/** The response to every request while the database does not answer: 503 with Retry-After (RFC 9110, 15.6.4). */
export function sendUnavailable(response: ServerResponse): void {
  response.writeHead(503, {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Retry-After": String(RETRY_AFTER_SECONDS),
  });
  response.end(UNAVAILABLE);
}
