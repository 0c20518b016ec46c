import { notFound } from "next/navigation";
import { NotKnownError, UsageError } from "#lib/model/problem.ts";

/** The view; the error itself if a name is ambiguous, or what is asked is not known; else the page for an unknown name. */
export async function named<View>(view: Promise<View>): Promise<View | UsageError> {
  try {
    return await view;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    if (error.candidates.length > 0 || error instanceof NotKnownError) return error;
    notFound();
  }
}
