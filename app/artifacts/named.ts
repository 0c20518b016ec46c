import { notFound } from "next/navigation";
import { UsageError } from "#lib/model/problem.ts";

/** What a view gives, or the page that says that nothing here (or more than one thing) has that name. */
export async function named<View>(view: Promise<View>): Promise<View> {
  try {
    return await view;
  } catch (error) {
    if (error instanceof UsageError) notFound();
    throw error;
  }
}
