/**
 * A page's failure in `error.digest`, the only field of a server's error that reaches the browser: the database cancelled a slow
 * query, or could not be reached.
 */
export const PageFailure = { tooLong: "database-too-long", unreachable: "database-unreachable" } as const;
export type PageFailure = (typeof PageFailure)[keyof typeof PageFailure];

/** The kind of this error; `undefined` for every other error. */
export function pageFailureOf(error: unknown): PageFailure | undefined {
  const digest = error instanceof Error && "digest" in error ? error.digest : undefined;
  return Object.values(PageFailure).find((failure) => failure === digest);
}
