import pg from "pg";

/** A query that ran, and Postgres' description of its columns. */
export interface RecordedQuery {
  /** `lib/db/queries/list-layers.ts:40`: the call in lib/db that ran it. */
  readonly site: string;
  readonly columns: readonly { readonly name: string; readonly type: number }[];
}

type Query = (...args: unknown[]) => unknown;

/** Records every query of lib/db in this process from now on, through a pool or a single client; `stop` ends the recording. */
export function recordQueries(): { readonly queries: readonly RecordedQuery[]; stop(): void } {
  const queries: RecordedQuery[] = [];
  const restore = [pg.Pool.prototype, pg.Client.prototype].map((prototype) => {
    const original = prototype.query as Query;
    prototype.query = function record(this: unknown, ...args: unknown[]) {
      const site = /\/(lib\/db\/[^\s)]+\.ts:\d+)/.exec(new Error().stack ?? "")?.[1];
      const answered = original.apply(this, args);
      if (site === undefined || !(answered instanceof Promise)) return answered;
      return answered.then((result: pg.QueryResult | pg.QueryResult[]) => {
        // Several statements in one text have a result each; COPY has none.
        for (const { fields = [] } of [result].flat()) {
          queries.push({ site, columns: fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID })) });
        }
        return result;
      });
    } as never;
    return () => {
      prototype.query = original as never;
    };
  });
  const stop = () => {
    for (const each of restore) each();
  };
  return { queries, stop };
}
