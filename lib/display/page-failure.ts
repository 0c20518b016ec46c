import { PageFailure } from "#lib/model/page-failure.ts";

/** What a reader is told of a failure of the database, whether in place of a page or of a file. */
export const PAGE_FAILURES: Readonly<Record<PageFailure, string>> = {
  [PageFailure.tooLong]: "The database took too long to answer, and the query was cancelled.",
  [PageFailure.unreachable]: "The database could not be reached.",
};
