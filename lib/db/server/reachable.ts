import { statSync } from "node:fs";
import { dirname } from "node:path";
import type { Account } from "./account.ts";

const OWNER_SEARCH = 0o100;
const GROUP_SEARCH = 0o010;
const OTHER_SEARCH = 0o001;

/**
 * The first folder from `/` down to `folder` that `account` may not enter; `undefined` if it can reach `folder`, which must
 * exist. Usually a home with mode 0700 when root starts the database.
 */
export function findBarrier(folder: string, account: Account): string | undefined {
  return ancestors(folder).find((path) => !maySearch(path, account));
}

function maySearch(path: string, account: Account): boolean {
  const { mode, uid, gid } = statSync(path);
  if (uid === account.uid) return (mode & OWNER_SEARCH) !== 0;
  if (gid === account.gid) return (mode & GROUP_SEARCH) !== 0;
  return (mode & OTHER_SEARCH) !== 0;
}

function ancestors(folder: string): string[] {
  const paths = [folder];
  for (let path = folder; path !== dirname(path); path = dirname(path)) paths.unshift(dirname(path));
  return paths;
}
