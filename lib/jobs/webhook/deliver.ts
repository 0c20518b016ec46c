import { createHmac } from "node:crypto";
import { UnreachableError } from "#lib/model/problem.ts";
import { HttpClient } from "#lib/sources/http/http-client.ts";
import { HTTP_LIMITS } from "#lib/sources/http/limits.ts";
import type { WebhookSettings } from "./webhook-settings.ts";

export const STALE_EVENT = "image.stale";

/** What is sent: the same bytes in each try. */
export interface WebhookRequest {
  readonly id: string;
  readonly body: string;
}

/** The queue tries again, and a redirect would take the body to a server that nobody named. */
const LIMITS = { ...HTTP_LIMITS, redirects: 0, retries: 0, connectMs: 5000, waitMs: 10_000 };

/** Sends one request. Throws UnreachableError with one line unless the answer is 2xx. */
export async function deliver(settings: WebhookSettings, request: WebhookRequest, signal: AbortSignal): Promise<void> {
  const client = new HttpClient({ signal, limits: LIMITS });
  try {
    const { url, secret } = settings;
    const { id, body } = request;
    const response = await client.send({
      url,
      method: "POST",
      headers: {
        "user-agent": "Stratigraph",
        "x-stratigraph-event": STALE_EVENT,
        "x-stratigraph-delivery": id,
        "x-hub-signature-256": sign(body, secret),
      },
      json: body,
    });
    await response.discard();
    if (response.status < 200 || response.status > 299)
      throw new UnreachableError(`${url.host} answered with ${response.status}`);
  } finally {
    await client.close();
  }
}

/** As GitHub signs its webhooks: receivers have code that checks it. */
function sign(body: string, secret: string): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}
