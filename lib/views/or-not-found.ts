import "server-only";
import { notFound } from "next/navigation";
import { whileThere } from "#lib/db/queries/while-there.ts";
import { GoneError } from "#lib/model/problem.ts";
import { database } from "./database.ts";

/** What a page shows of these artifacts; the page that says "not found" where one of them is removed while it is read. */
export async function orNotFound<T>(artifacts: readonly { readonly id: number }[], load: () => Promise<T>): Promise<T> {
  try {
    return await whileThere(await database(), artifacts, load);
  } catch (error) {
    if (error instanceof GoneError) notFound();
    throw error;
  }
}
