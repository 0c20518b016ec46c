import type { Pool } from "pg";
import type { JobWithMetadata, PgBoss } from "pg-boss";
import { WEBHOOK_QUEUE } from "#lib/db/jobs/list-deliveries.ts";
import { RETRY_POLICY } from "../queue.ts";
import { deliver } from "./deliver.ts";
import { type DeliveryData, watchStale } from "./stale-watch.ts";
import type { WebhookSettings } from "./webhook-settings.ts";

/** A request ended. Without a message the webhook took it. */
export interface WebhookEvent {
  readonly type: "webhook";
  readonly image: string;
  readonly message: string | undefined;
}

export interface WebhookOptions {
  readonly settings: WebhookSettings;
  readonly database: { readonly pool: Pool };
  readonly signal: AbortSignal;
  readonly onEvent: (event: WebhookEvent | { readonly type: "trouble"; readonly message: string }) => void;
}

/** Requests at the same time. */
const BATCH_SIZE = 4;
const WORK = { perJobResults: true, includeMetadata: true, batchSize: BATCH_SIZE, pollingIntervalSeconds: 1 } as const;

/**
 * Looks for newly stale images until the signal, and sends the requests about them, beside the scans. `ended`: when the last look is over.
 */
export async function startWebhook(boss: PgBoss, options: WebhookOptions): Promise<{ ended: Promise<void> }> {
  await boss.createQueue(WEBHOOK_QUEUE, RETRY_POLICY);
  await boss.work<DeliveryData, object, typeof WORK>(WEBHOOK_QUEUE, WORK, (jobs) =>
    Promise.all(jobs.map((job) => perform(job, options))),
  );
  const { database, signal, onEvent } = options;
  const onTrouble = ({ message }: Error) => onEvent({ type: "trouble", message });
  return { ended: watchStale({ boss, pool: database.pool, signal, onTrouble }) };
}

async function perform({ id, data, signal: lost }: JobWithMetadata<DeliveryData>, options: WebhookOptions) {
  const { settings, signal, onEvent } = options;
  const { image, body } = data;
  try {
    await deliver(settings, { id, body }, AbortSignal.any([signal, lost]));
    onEvent({ type: "webhook", image, message: undefined });
    return { id, status: "completed", output: {} } as const;
  } catch (error) {
    const message = signal.aborted ? "the worker was stopped" : (error as Error).message;
    onEvent({ type: "webhook", image, message });
    // pg-boss tries it again, later each time, and a limited number of times.
    return { id, status: "failed", output: { message } } as const;
  }
}
