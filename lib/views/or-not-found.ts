import "server-only";
import { notFound } from "next/navigation";
import { GoneError } from "#lib/model/problem.ts";

/** What `load` gives; the page that says "not found" where an artifact it reads is removed meanwhile. */
export async function orNotFound<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (error instanceof GoneError) notFound();
    throw error;
  }
}
