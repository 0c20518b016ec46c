import type { Delivery } from "#lib/model/delivery.ts";
import { formatCounted } from "./bytes.ts";

/** What became of a request to the webhook, in one line. `now`: milliseconds since the epoch. */
export function formatDelivery({ state, message, tryCount, nextTryAt }: Delivery, now: number): string {
  if (state === "done") return "Told";
  if (message === undefined) return "Waiting for a worker with the webhook's address";
  if (state === "failed") return `Not told after ${formatCounted(tryCount, "try", "tries")}: ${message}`;
  const seconds = nextTryAt === undefined ? 0 : Math.ceil((nextTryAt - now) / 1000);
  return `${message}. Try ${tryCount + 1} ${seconds > 0 ? `in ${seconds} s` : "as soon as a worker is free"}.`;
}
