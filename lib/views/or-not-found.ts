import "server-only";
import { notFound } from "next/navigation";
import { GoneError } from "#lib/model/problem.ts";

/** The result of `load`; the page "not found" if an artifact it reads is removed meanwhile. */
export async function orNotFound<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (error instanceof GoneError) notFound();
    throw error;
  }
}
