import { MAX_PATH_INFO_BYTES, parsePathInfo } from "#lib/formats/path-info/index.ts";
import { readDocument } from "../read-document.ts";
import type { OpenedStore } from "../store/index.ts";
import { toTables } from "../store/info-tables.ts";

/** Opens a file with the output of `nix path-info --json --recursive`. Throws InputError, UnreachableError. */
export async function openPathInfo(file: string): Promise<OpenedStore> {
  const bytes = await readDocument(file, "a path-info document", MAX_PATH_INFO_BYTES);
  const tables = toTables(parsePathInfo(bytes, file), file);
  return { isOwn: false, tables, gcRoots: { roots: [], unreadable: [] }, itemsDir: undefined };
}
