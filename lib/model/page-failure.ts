/**
 * What a page says of its failure in `error.digest`, the one field of a server's error that reaches the reader's browser:
 * the database cut a query that took too long, or could not be reached.
 */
export const PageFailure = { tooLong: "database-too-long", unreachable: "database-unreachable" } as const;
