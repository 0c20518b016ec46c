import { readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { isObject } from "#lib/formats/json/index.ts";
import { parseIndex, parseMetadata } from "#lib/formats/oci/index.ts";
import { errorCode } from "#lib/model/error-code.ts";
import { UsageError } from "#lib/model/problem.ts";
import { isMissing, openDirectory } from "#lib/sources/images/directory.ts";
import type { FileTarget } from "./image-target.ts";
import { partialFolder } from "./partial-folder.ts";
import { EMPTY_INDEX, type KnownIndex, REF_NAME, StagedLayout } from "./staged-layout.ts";
import { onDisk } from "./write-chunks.ts";

/** A new layout, or one more image in a layout that is there. Throws UsageError, InputError, UnreachableError. */
export async function openLayoutTarget({ shown, path, imageName }: FileTarget): Promise<StagedLayout> {
  const files = await onDisk(shown, () => listFiles(path, shown));
  if (files.length === 0) {
    const publish = (stage: string) => rename(stage, path);
    return StagedLayout.open({ shown, workDir: partialFolder(path, "beside"), imageName, known: EMPTY_INDEX, publish });
  }
  const known = await readIndex(path);
  if (known === undefined) throw new UsageError(`${shown}: not empty, and not an OCI image layout; name a new folder`);
  const publish = (stage: string) => moveInto(stage, path);
  return StagedLayout.open({ shown, workDir: partialFolder(path, "inside"), imageName, known, publish });
}

async function listFiles(path: string, shown: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (cause) {
    if (errorCode(cause) === "ENOTDIR") throw new UsageError(`${shown}: a file is there already`, [], { cause });
    if (isMissing(cause)) return [];
    throw cause;
  }
}

async function readIndex(path: string): Promise<KnownIndex | undefined> {
  const bytes = await openDirectory(path).read("index.json");
  if (bytes === undefined) return undefined;
  const { manifests } = parseIndex(bytes, "index.json");
  const json = parseMetadata(bytes, "index.json");
  if (!isObject(json) || !Array.isArray(json.manifests)) return undefined;
  const names = manifests.flatMap(({ annotations }) => annotations?.[REF_NAME] ?? []);
  return { json, manifests: json.manifests, names: new Set(names) };
}

/** Blobs first: an index that is interrupted on its way leaves the old one, and blobs that nothing lists. */
async function moveInto(stage: string, path: string): Promise<void> {
  const folder = "blobs/sha256";
  for (const name of await readdir(join(stage, folder))) {
    await rename(join(stage, folder, name), join(path, folder, name));
  }
  await rename(join(stage, "index.json"), join(path, "index.json"));
}
