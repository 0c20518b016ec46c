import { isReachable } from "#lib/model/rights.ts";
import type { SourceAccess } from "#lib/sources/environment.ts";
import { toPageAccess } from "./page-request.ts";

/**
 * Access to what was scanned before, to read it again. On the loopback address, it is read from wherever this machine's user scanned
 * it. A server that others reach reads only what its pages may ask for.
 */
export function toScannedAccess(source: string): SourceAccess {
  if (!isReachable(process.env))
    return { baseDir: process.env.INIT_CWD ?? process.cwd(), hasStdin: false, allowed: "all" };
  return toPageAccess(source, process.env);
}

/** Access to several sources that are read together: what the access to each of them allows. */
export function toJointAccess(sources: readonly string[]): SourceAccess {
  const all = sources.map(toScannedAccess);
  const isAll = all.every(({ allowed }) => allowed === "all");
  const isPublic = all.some(({ allowed, reach = allowed === "all" ? "named" : "public" }) => reach === "public");
  return { ...all[0]!, allowed: isAll ? "all" : "remote", reach: isPublic ? "public" : "named" };
}
