import type { Deliveries, Delivery, DeliveryState } from "#lib/model/delivery.ts";
import type { Queryable } from "../queries/queryable.ts";
import { hasQueue } from "./list-jobs.ts";

/** The queue of requests to the webhook in pg-boss' tables. */
export const WEBHOOK_QUEUE = "webhook";

/** A row of pg-boss' table `job`. */
interface DeliveryRow {
  readonly id: string;
  readonly image: string;
  readonly state: keyof typeof STATES;
  readonly retryCount: number;
  readonly createdOn: Date;
  readonly startAfter: Date;
  readonly completedOn: Date | null;
  readonly message: string | null;
}

const STATES = {
  created: "waiting",
  retry: "waiting",
  active: "waiting",
  completed: "done",
  cancelled: "failed",
  failed: "failed",
} as const satisfies Record<string, DeliveryState>;

/** What the webhook was told, and what it was not told yet; `limit`: of these. */
export async function listDeliveries(db: Queryable, limit: number): Promise<Deliveries> {
  if (!(await hasQueue(db))) return { doneCount: 0, open: [], openCount: 0 };
  const { rows } = await db.query<DeliveryRow>(
    `SELECT id, data ->> 'image' AS image, state::text AS state, retry_count AS "retryCount", created_on AS "createdOn",
       start_after AS "startAfter", completed_on AS "completedOn", output ->> 'message' AS message
     FROM pgboss.job WHERE name = $1 AND state <> 'completed' ORDER BY created_on DESC, id LIMIT $2`,
    [WEBHOOK_QUEUE, limit],
  );
  const { rows: counts } = await db.query<{ done: number; open: number }>(
    `SELECT count(*) FILTER (WHERE state = 'completed') AS done, count(*) FILTER (WHERE state <> 'completed') AS open
     FROM pgboss.job WHERE name = $1`,
    [WEBHOOK_QUEUE],
  );
  return { doneCount: counts[0]!.done, open: rows.map(toDelivery), openCount: counts[0]!.open };
}

export async function isFailedDelivery(db: Queryable, id: string): Promise<boolean> {
  const { rows } = await db.query("SELECT id FROM pgboss.job WHERE name = $1 AND id = $2 AND state = 'failed'", [
    WEBHOOK_QUEUE,
    id,
  ]);
  return rows.length > 0;
}

/** When the queue was made: when there was a webhook for the first time. */
export async function getWebhookStart(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ start: number }>(
    "SELECT round(extract(epoch FROM created_on) * 1000) AS start FROM pgboss.queue WHERE name = $1",
    [WEBHOOK_QUEUE],
  );
  return rows[0]!.start;
}

function toDelivery(row: DeliveryRow): Delivery {
  const { id, image, state, retryCount, message } = row;
  return {
    id,
    image,
    state: STATES[state],
    tryCount: state === "created" ? 0 : state === "retry" || state === "failed" ? retryCount + 1 : retryCount,
    message: message ?? (state === "failed" ? "the worker stopped answering" : undefined),
    requestedAt: row.createdOn.getTime(),
    nextTryAt: state === "retry" ? row.startAfter.getTime() : undefined,
    endedAt: row.completedOn?.getTime(),
  };
}
