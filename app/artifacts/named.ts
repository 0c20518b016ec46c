import { notFound } from "next/navigation";
import { UsageError } from "#lib/model/problem.ts";

/** The view; the error itself if a name is ambiguous; else the page for an unknown name. */
export async function named<View>(view: Promise<View>): Promise<View | UsageError> {
  try {
    return await view;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    if (error.candidates.length > 0) return error;
    notFound();
  }
}

/** The same if no page offers a choice: an ambiguous name is not found. */
export async function namedPlainly<View>(view: Promise<View>): Promise<View> {
  const found = await named(view);
  if (found instanceof UsageError) notFound();
  return found;
}
