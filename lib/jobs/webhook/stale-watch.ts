import { setTimeout as pause } from "node:timers/promises";
import type { Pool } from "pg";
import type { PgBoss } from "pg-boss";
import { withTransaction } from "#lib/db/connections.ts";
import { toJobDatabase } from "#lib/db/jobs/job-database.ts";
import { getWebhookStart, WEBHOOK_QUEUE } from "#lib/db/jobs/list-deliveries.ts";
import { addStaleNotice, listUnnoted, removePastNotices } from "#lib/db/jobs/stale-notices.ts";
import { getListStamp } from "#lib/db/queries/get-list-stamp.ts";
import { answerStaleEvents, type StaleEvent } from "#lib/moves/lineage/stale-moves.ts";
import { STALE_EVENT } from "./deliver.ts";

/** Milliseconds between two looks, each of which costs one small query unless something was scanned. */
const LOOK_EVERY_MS = 1000;

export interface StaleWatchOptions {
  readonly boss: PgBoss;
  readonly pool: Pool;
  readonly signal: AbortSignal;
  readonly onTrouble: (error: Error) => void;
}

/** What a delivery's job has: the name of the image for lists, and the body to send. */
export interface DeliveryData {
  readonly image: string;
  readonly body: string;
}

/**
 * Looks for newly stale images whenever the stored artifacts change, whoever changed them, and queues a request for each. A scan does not
 * wait for it, and does not know of it.
 */
export async function watchStale({ boss, pool, signal, onTrouble }: StaleWatchOptions): Promise<void> {
  let seen: string | undefined;
  while (!signal.aborted) {
    try {
      // Read first: what changes during the look is looked at again.
      const stamp = await getListStamp(pool);
      if (stamp !== seen) await queueNotices(boss, pool);
      seen = stamp;
    } catch (error) {
      if (!signal.aborted) onTrouble(error as Error);
    }
    await pause(LOOK_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

/** Queues a request for each image that is newly stale, once for each move of a base, by wave. Forgets notices that cannot come again. */
async function queueNotices(boss: PgBoss, pool: Pool): Promise<void> {
  const start = await getWebhookStart(pool);
  const events = await answerStaleEvents(pool, start, (moves) => listUnnoted(pool, moves));
  for (const event of events) await queueNotice(boss, pool, event);
  await removePastNotices(pool);
}

/** Noted and queued in one transaction: never one without the other, whichever worker is first. */
async function queueNotice(boss: PgBoss, pool: Pool, { move, image, base }: StaleEvent): Promise<void> {
  const data: DeliveryData = { image: image.name, body: JSON.stringify({ event: STALE_EVENT, image, base }) };
  await withTransaction(pool, async (client) => {
    if (await addStaleNotice(client, move)) await boss.send(WEBHOOK_QUEUE, data, { db: toJobDatabase(client) });
  });
}
