import { access, constants, readdir, readFile, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { MAX_NARINFO_BYTES } from "#lib/formats/narinfo/index.ts";
import { InputError, UnreachableError } from "#lib/model/problem.ts";
import { readRange } from "../file-range.ts";
import { errorCode, isMissing, outsidePath, resolveInside } from "../store/path-inside.ts";
import type { BinaryCache } from "./cache.ts";

/** A binary cache in a directory, as `nix copy --to file://` writes it. */
export class DirectoryCache implements BinaryCache {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** The hash parts of all its narinfos. */
  async listHashes(): Promise<string[]> {
    try {
      const names = await readdir(this.#directory);
      return names.flatMap((name) => (name.endsWith(".narinfo") ? [name.slice(0, -".narinfo".length)] : []));
    } catch (cause) {
      throw new UnreachableError(`${this.#directory}: cannot be read as a directory`, { cause });
    }
  }

  async readNarInfo(hashPart: string): Promise<Uint8Array | undefined> {
    try {
      return (await readFile(join(this.#directory, `${hashPart}.narinfo`))).subarray(0, MAX_NARINFO_BYTES);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** No name and no link leads out of the directory: a narinfo may come from anywhere. */
  async openFile(name: string): Promise<AsyncIterable<Uint8Array>> {
    try {
      const root = { realPath: await realpath(this.#directory) };
      const inside = await resolveInside(root, name, { followLast: true });
      if (inside !== undefined) return await openRegular(outsidePath(root, inside));
    } catch (error) {
      const code = errorCode(error);
      if (code === "") throw error;
      throw new InputError("missing-target", "", `${name} cannot be read (${code})`, { cause: error });
    }
    throw new InputError("missing-target", "", `the cache does not have ${name}`);
  }

  async close(): Promise<void> {}
}

async function openRegular(file: string): Promise<AsyncIterable<Uint8Array>> {
  const stats = await stat(file);
  if (!stats.isFile()) throw new InputError("missing-target", "", "a NAR that is no regular file");
  await access(file, constants.R_OK);
  return readRange({ file, offset: 0, length: stats.size });
}
