import { open } from "node:fs/promises";
import { errorCode, unwritableWords } from "#lib/model/error-code.ts";
import { UnreachableError } from "#lib/model/problem.ts";

/** Writes a new file. Errors of `chunks` pass unchanged; those of the file are UnreachableErrors about the target. */
export async function writeChunks(
  path: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  shown: string,
): Promise<void> {
  const file = await onDisk(shown, () => open(path, "wx"));
  try {
    for await (const chunk of chunks) await onDisk(shown, () => file.writeFile(chunk));
  } finally {
    await file.close();
  }
}

/** The result of `work`. A system error becomes one line about the target. Throws UnreachableError. */
export async function onDisk<T>(shown: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const code = errorCode(cause);
    if (!/^E[A-Z]+$/.test(code)) throw cause;
    throw new UnreachableError(`${shown}: ${unwritableWords(cause)}`, { cause });
  }
}
