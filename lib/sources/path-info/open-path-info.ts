import { open } from "node:fs/promises";
import { MAX_PATH_INFO_BYTES, parsePathInfo } from "#lib/formats/path-info/index.ts";
import { InputError, UnreachableError } from "#lib/model/problem.ts";
import type { OpenedStore } from "../store/index.ts";
import { toTables } from "../store/info-tables.ts";

/** Opens a file with the output of `nix path-info --json --recursive`. Throws InputError, UnreachableError. */
export async function openPathInfo(file: string): Promise<OpenedStore> {
  const tables = toTables(parsePathInfo(await readBounded(file), file), file);
  return { isOwn: false, tables, gcRoots: { roots: [], unreadable: [] }, itemsDir: undefined };
}

async function readBounded(file: string): Promise<Uint8Array> {
  const handle = await openFile(file);
  try {
    const { size } = await handle.stat();
    if (size > MAX_PATH_INFO_BYTES)
      throw new InputError("limit-exceeded", file, `${size} bytes, more than ${MAX_PATH_INFO_BYTES}`);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

async function openFile(file: string) {
  try {
    return await open(file, "r");
  } catch (cause) {
    throw new UnreachableError(`${file}: cannot be read`, { cause });
  }
}
