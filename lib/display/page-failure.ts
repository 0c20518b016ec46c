import { PageFailure } from "#lib/model/page-failure.ts";

/** The message for a database failure, on a page or instead of a file. */
export const PAGE_FAILURES: Readonly<Record<PageFailure, string>> = {
  [PageFailure.tooLong]: "The database took too long to answer, and the query was cancelled.",
  [PageFailure.unreachable]: "The database could not be reached.",
};
