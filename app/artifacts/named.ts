import { notFound } from "next/navigation";
import { UsageError } from "#lib/model/problem.ts";

/** What a view gives; the error itself where a name may mean several things; else the page that says nothing has that name. */
export async function named<View>(view: Promise<View>): Promise<View | UsageError> {
  try {
    return await view;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    if (error.candidates.length > 0) return error;
    notFound();
  }
}

/** The same where there is no page to choose on: a name that is not plain is not found. */
export async function namedPlainly<View>(view: Promise<View>): Promise<View> {
  const found = await named(view);
  if (found instanceof UsageError) notFound();
  return found;
}
