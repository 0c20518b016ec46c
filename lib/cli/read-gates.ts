import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { MAX_GATES_BYTES, parseGates } from "#lib/formats/gates/index.ts";
import { errorCode } from "#lib/model/error-code.ts";
import type { Gates } from "#lib/model/gates.ts";
import { UnreachableError, UsageError } from "#lib/model/problem.ts";
import { fromUser, userDirectory } from "./workbench.ts";

/** Looked for in the user's directory, in this order: only the first that is there is read. */
const DEFAULT_FILES = [".stratigraph-ci", ".dive-ci"];

/** The rules of a configuration, by default of the user's directory. Throws a UsageError if there is none. */
export async function readGates(named: string | undefined): Promise<Gates> {
  if (named !== undefined) return parseGates(await readNamed(named), named);
  for (const file of DEFAULT_FILES) {
    const bytes = await readIfThere(join(userDirectory(), file), file);
    if (bytes !== undefined) return parseGates(bytes, file);
  }
  throw new UsageError(`no ${DEFAULT_FILES.join(" or ")} in the current directory: pass --config FILE`);
}

async function readNamed(named: string): Promise<Uint8Array> {
  const bytes = await readIfThere(fromUser(named), named);
  if (bytes === undefined) throw new UnreachableError(`${named}: no such file`);
  return bytes;
}

async function readIfThere(path: string, shown: string): Promise<Uint8Array | undefined> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    return await readLimited(file);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw new UnreachableError(`${shown}: cannot be read (${errorCode(error)})`, { cause: error });
  } finally {
    await file?.close();
  }
}

/** One byte more than is allowed is enough for the parser to refuse it: the file may be /dev/zero. */
async function readLimited(file: FileHandle): Promise<Uint8Array> {
  const bytes = Buffer.alloc(MAX_GATES_BYTES + 1);
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await file.read(bytes, length, bytes.length - length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}
