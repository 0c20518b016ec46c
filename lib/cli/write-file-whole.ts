import { open, rename, rm, stat } from "node:fs/promises";
import { joinPieces } from "#lib/exports/join-pieces.ts";
import { unwritableWords } from "#lib/model/error-code.ts";
import { UnreachableError } from "#lib/model/problem.ts";
import { fromUser } from "./workbench.ts";

/**
 * Writes a file piece by piece, under a name beside it until it is whole: what was there stays if writing fails or is interrupted. A
 * device or a pipe is written directly. Throws an UnreachableError.
 */
export async function writeFileWhole(shown: string, pieces: Iterable<string>, signal: AbortSignal): Promise<void> {
  const path = fromUser(shown);
  const target = (await isSpecial(path)) ? path : `${path}.${process.pid}.partial`;
  try {
    await writeAll(target, pieces, signal);
    if (target !== path) await rename(target, path);
  } catch (error) {
    if (target !== path) await rm(target, { force: true });
    signal.throwIfAborted();
    throw new UnreachableError(`${shown}: ${unwritableWords(error)}`, { cause: error });
  }
}

async function isSpecial(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

async function writeAll(path: string, pieces: Iterable<string>, signal: AbortSignal): Promise<void> {
  const file = await open(path, "w");
  try {
    for (const chunk of joinPieces(pieces)) {
      signal.throwIfAborted();
      await file.appendFile(chunk);
    }
  } finally {
    await file.close();
  }
}
