import type { Watch } from "#lib/model/watch.ts";
import type { Queryable } from "../queries/queryable.ts";
import { hasQueue, SCAN_QUEUE } from "./list-jobs.ts";

/** A row of pg-boss' table `schedule`. */
interface WatchRow {
  readonly key: string;
  readonly source: string;
  readonly rule: string;
  /** `os/arch[/variant]` or `all`; `null` if it is the default of the machine that asked. */
  readonly platform: string | null;
  readonly manifestsOnly: boolean;
}

const MINUTE_MS = 60_000;

/** The rule of an interval: for the first time after it, since a watch begins with a scan of its own (RFC 5545, 3.3.10). */
export function toWatchRule(everyMinutes: number, now: Date): string {
  const start = new Date(now.getTime() + everyMinutes * MINUTE_MS).toISOString().replace(/[-:]|\.\d+/g, "");
  return `DTSTART:${start}\nRRULE:FREQ=MINUTELY;INTERVAL=${everyMinutes}`;
}

/** The watched sources, by name. */
export async function listWatches(db: Queryable, now = Date.now()): Promise<Watch[]> {
  if (!(await hasQueue(db))) return [];
  const { rows } = await db.query<WatchRow>(
    `SELECT key, data ->> 'source' AS source, cron AS rule, CASE
         WHEN data ->> 'platform' = 'all' THEN 'all'
         WHEN data #> '{platform,isPreferred}' IS NULL THEN concat_ws('/', data #>> '{platform,os}',
           data #>> '{platform,architecture}', nullif(data #>> '{platform,variant}', ''))
       END AS platform,
       coalesce((data ->> 'manifestsOnly')::boolean, false) AS "manifestsOnly"
     FROM pgboss.schedule WHERE name = $1 OR name LIKE $1 || '.%' ORDER BY data ->> 'source', key`,
    [SCAN_QUEUE],
  );
  return rows.map((row) => toWatch(row, now));
}

/** The queue of a watch, and its source. */
export async function findWatch(db: Queryable, key: string): Promise<string | undefined> {
  if (!(await hasQueue(db))) return undefined;
  const { rows } = await db.query<{ name: string }>(
    "SELECT name FROM pgboss.schedule WHERE key = $1 AND (name = $2 OR name LIKE $2 || '.%')",
    [key, SCAN_QUEUE],
  );
  return rows[0]?.name;
}

function toWatch({ key, source, rule, platform, manifestsOnly }: WatchRow, now: number): Watch {
  const everyMinutes = Number(/INTERVAL=(\d+)/.exec(rule)?.[1] ?? 0);
  const [, year, month, day, hour, minute, second] = /DTSTART:(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(rule)!;
  const start = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const step = everyMinutes * MINUTE_MS;
  const nextAt = start + Math.max(0, Math.ceil((now - start) / step)) * step;
  return { key, source, everyMinutes, nextAt, platform: platform ?? undefined, manifestsOnly };
}
