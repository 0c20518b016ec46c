import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "#lib/model/error-code.ts";
import type { MachineOffer } from "#lib/model/machine-offer.ts";
import { STORE_LAYOUT, type StoreFlavour } from "./find-database.ts";

/** The Nix and Guix stores of this machine, by the sizes of their databases and the names in their folders; nothing is read. */
export async function surveyStores(rootDir = "/"): Promise<MachineOffer[]> {
  return Promise.all((["nix", "guix"] as const).map((flavour) => surveyStore(rootDir, flavour)));
}

async function surveyStore(rootDir: string, flavour: StoreFlavour): Promise<MachineOffer> {
  const { label, stateDirs, storeDir } = STORE_LAYOUT[flavour];
  const facts = { label: `${label} store`, source: `${flavour}-store:` } as const;
  for (const stateDir of stateDirs) {
    const state = join(rootDir, stateDir);
    const bytes = await sizeOf(join(state, "db/db.sqlite"));
    if (bytes === undefined) continue;
    const items = (await names(join(rootDir, storeDir))).filter((name) => !name.startsWith("."));
    if (items.length === 0) break;
    const counted = { itemCount: items.length, profileCount: await countProfiles(state) };
    return {
      kind: "store",
      ...facts,
      ...counted,
      bytes: bytes + ((await sizeOf(join(state, "db/db.sqlite-wal"))) ?? 0),
    };
  }
  return {
    kind: "missing",
    ...facts,
    line: `No store with a database at ${join(rootDir, stateDirs[0], "db/db.sqlite")}`,
  };
}

/** Profiles are links; each generation of one is a link beside it with a number. */
async function countProfiles(state: string): Promise<number> {
  const top = join(state, "profiles");
  const users = (await names(join(top, "per-user"))).map((user) => join(top, "per-user", user));
  const found = await Promise.all([top, ...users].map(names));
  return found.flat().filter((name) => name !== "per-user" && !/-\d+-link$/.test(name) && !name.startsWith(".")).length;
}

/** [] for a folder that is not there, or closed. */
async function names(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "EACCES"].includes(errorCode(error))) return [];
    throw error;
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "EACCES"].includes(errorCode(error))) return undefined;
    throw error;
  }
}
