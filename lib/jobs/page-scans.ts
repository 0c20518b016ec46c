import type { Pool } from "pg";
import { UsageError } from "#lib/model/problem.ts";
import { parseInterval } from "#lib/model/watch.ts";
import { isLocalSource } from "#lib/scan/new-request.ts";
import { parsePageRequest } from "./page-request.ts";
import { withQueue } from "./queue.ts";

/** Scans that are asked for at once. */
const MAX_ASKED = 64;

/** What a person asked for on a page. */
export interface ScanWish {
  readonly texts: readonly string[];
  readonly platform: string | undefined;
  readonly manifestsOnly: boolean;
  /** `6h`, to scan again after each such interval. */
  readonly every: string | undefined;
}

/** Queues the scans of a wish, or none of them. Throws UsageError if one is misspelt, not allowed, or one too many. */
export async function queueWish(pool: Pool, { texts, platform, manifestsOnly, every }: ScanWish): Promise<void> {
  if (texts.length === 0) throw new UsageError("name or choose what to scan");
  if (texts.length > MAX_ASKED) throw new UsageError(`choose ${MAX_ASKED} at most`);
  const everyMinutes = every === undefined ? undefined : parseInterval(every);
  const requests = texts.map((text) => ({ ...parsePageRequest(text, process.env, platform), manifestsOnly }));
  await withQueue(pool, async (queue) => {
    for (const request of requests) {
      if (everyMinutes !== undefined) await queue.watch(request, everyMinutes);
      else await queue.add(request, isLocalSource(request.source) ? "here" : "anywhere");
    }
  });
}
