import { UsageError } from "#lib/model/problem.ts";
import type { Environment } from "#lib/model/rights.ts";

/** Where stale images are announced, and the secret that signs it. */
export interface WebhookSettings {
  readonly url: URL;
  readonly secret: string;
}

/**
 * Reads STRATIGRAPH_WEBHOOK and STRATIGRAPH_WEBHOOK_SECRET; `undefined` without a webhook. Throws a UsageError for an address that is
 * none, and for one without a secret: its receiver could not tell our requests from others.
 */
export function readWebhook(environment: Environment): WebhookSettings | undefined {
  const { STRATIGRAPH_WEBHOOK: text = "", STRATIGRAPH_WEBHOOK_SECRET: secret = "" } = environment;
  if (text === "") return undefined;
  const url = URL.parse(text);
  // The address itself may be a secret, and is not repeated.
  if (url === null || !["http:", "https:"].includes(url.protocol))
    throw new UsageError("STRATIGRAPH_WEBHOOK: expected an address that begins with https:// or http://");
  if (url.username !== "" || url.password !== "")
    throw new UsageError("STRATIGRAPH_WEBHOOK: expected an address without a login; requests are signed instead");
  if (secret === "") throw new UsageError("STRATIGRAPH_WEBHOOK needs a secret: set STRATIGRAPH_WEBHOOK_SECRET");
  return { url, secret };
}
