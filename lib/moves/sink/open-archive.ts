import { access, readdir, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { encodeHeader, endBlocks, padding, Typeflag } from "#lib/formats/tar/index.ts";
import { UsageError } from "#lib/model/problem.ts";
import { readRange } from "#lib/sources/file-range.ts";
import type { FileTarget } from "./image-target.ts";
import { partialFolder } from "./partial-folder.ts";
import { EMPTY_INDEX, StagedLayout } from "./staged-layout.ts";
import { writeChunks } from "./write-chunks.ts";

/** A new archive of a layout. Throws UsageError, UnreachableError. */
export async function openArchiveTarget({ shown, path, imageName }: FileTarget): Promise<StagedLayout> {
  await refuseExisting(path, shown);
  const publish = async (stage: string) => {
    const whole = `${stage}.tar`;
    await writeChunks(whole, toTar(stage), shown);
    await refuseExisting(path, shown);
    await rename(whole, path);
  };
  const workDir = partialFolder(path, "beside");
  return StagedLayout.open({ shown, workDir, imageName, known: EMPTY_INDEX, publish });
}

async function refuseExisting(path: string, shown: string): Promise<void> {
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (isThere) throw new UsageError(`${shown}: it is there already; remove it or name another file`);
}

/** The files that say what the rest is come first, so that a reader of the stream knows. */
async function* toTar(stage: string): AsyncGenerator<Uint8Array> {
  const blobs = (await readdir(join(stage, "blobs/sha256"))).sort();
  const common = { uid: 0, gid: 0, mtime: 0 };
  yield* addFile(stage, "oci-layout");
  yield* addFile(stage, "index.json");
  for (const folder of ["blobs/", "blobs/sha256/"]) {
    yield encodeHeader({
      ...common,
      typeflag: Typeflag.directory,
      mode: 0o755,
      path: Buffer.from(folder),
      byteCount: 0,
    });
  }
  for (const name of blobs) yield* addFile(stage, `blobs/sha256/${name}`);
  yield endBlocks();
}

async function* addFile(stage: string, path: string): AsyncGenerator<Uint8Array> {
  const file = join(stage, path);
  const { size: byteCount } = await stat(file);
  const typeflag = Typeflag.file;
  yield encodeHeader({ typeflag, path: Buffer.from(path), mode: 0o644, uid: 0, gid: 0, mtime: 0, byteCount });
  yield* readRange({ file, offset: 0, length: byteCount }, { reuse: true });
  yield padding(byteCount);
}
