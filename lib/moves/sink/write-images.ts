import { rmSync } from "node:fs";
import type { SourceEnvironment } from "#lib/sources/environment.ts";
import type { BlobTarget } from "./blob-target.ts";
import type { ImageSink, LayerCompression } from "./image-sink.ts";
import type { ImageTarget } from "./image-target.ts";
import { ImageWriter } from "./image-writer.ts";
import { openArchiveTarget } from "./open-archive.ts";
import { openLayoutTarget } from "./open-layout.ts";
import { removeAbandoned } from "./partial-folder.ts";
import { openRegistryTarget } from "./registry-target.ts";
import { onDisk } from "./write-chunks.ts";

export interface WriteOptions {
  readonly signal: AbortSignal;
  readonly environment: SourceEnvironment;
  /** Of new layers. Default: gzip. */
  readonly compression?: LayerCompression;
}

/**
 * Writes images as `write` tells the sink. What it named is there once all is done; if it fails or is interrupted, the target is as it
 * was. Throws UsageError if something is in the way, UnreachableError if the target cannot be written.
 */
export async function writeImages<T>(
  target: ImageTarget,
  options: WriteOptions,
  write: (sink: ImageSink) => Promise<T>,
): Promise<T> {
  const { signal, compression = "gzip" } = options;
  signal.throwIfAborted();
  const opened = await openTarget(target, options);
  const onExit = () => rmSync(opened.workDir, { recursive: true, force: true });
  process.once("exit", onExit);
  try {
    const writer = new ImageWriter(opened, { compression, signal });
    const result = await write(writer);
    await writer.commit();
    return result;
  } finally {
    await opened.close();
    process.off("exit", onExit);
  }
}

/** Throws what `writeImages` would if images of these names were written now: UsageError, InputError, UnreachableError. */
export async function checkTarget(
  target: ImageTarget,
  options: WriteOptions,
  names: readonly string[] = [],
): Promise<void> {
  const opened = await openTarget(target, options);
  try {
    for (const name of names) opened.claimName(name);
  } finally {
    await opened.close();
  }
}

async function openTarget(target: ImageTarget, options: WriteOptions): Promise<BlobTarget> {
  if (target.kind === "registry") return openRegistryTarget(target, options);
  await onDisk(target.shown, () => removeAbandoned(target));
  return target.kind === "layout" ? openLayoutTarget(target) : openArchiveTarget(target);
}
