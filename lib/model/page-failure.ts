/**
 * What a page says of its failure in `error.digest`, the one field of a server's error that reaches the reader's browser:
 * the database cut a query that took too long, or could not be reached.
 */
export const PageFailure = { tooLong: "database-too-long", unreachable: "database-unreachable" } as const;
export type PageFailure = (typeof PageFailure)[keyof typeof PageFailure];

/** Which of these an error stands for; `undefined` for every other error. */
export function pageFailureOf(error: unknown): PageFailure | undefined {
  const digest = error instanceof Error && "digest" in error ? error.digest : undefined;
  return Object.values(PageFailure).find((failure) => failure === digest);
}
