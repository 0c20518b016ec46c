import { headers } from "next/headers";
import { RIGHTS_HEADER } from "#lib/model/rights.ts";

/** Whether the sender of this request may do everything; our server says so in a header of its own. */
export async function mayWrite(): Promise<boolean> {
  return ((await headers()).get(RIGHTS_HEADER) ?? "write") === "write";
}
