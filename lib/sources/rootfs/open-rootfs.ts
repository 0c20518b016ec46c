import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { parseImageConfig } from "#lib/formats/oci/index.ts";
import type { DiffId } from "#lib/model/digest.ts";
import { UnreachableError } from "#lib/model/problem.ts";
import type { RemoteImages } from "../images/open-images.ts";
import { digestOfBytes } from "../images/read-blob.ts";
import type { SourceImage } from "../images/source-image.ts";
import { treeToTar } from "./tree-to-tar.ts";

/**
 * Opens a directory tree as an image of one layer. The tree is read twice: an image is known by the digest of its layer, and only
 * then is it clear whether it must be scanned. Throws UnreachableError.
 */
export async function openRootfs(directory: string, signal: AbortSignal): Promise<RemoteImages> {
  await assertDirectory(directory);
  return {
    kind: "remote",
    find: async () => ({ count: 1, images: findImage(directory, signal) }),
    close: async () => undefined,
  };
}

async function assertDirectory(directory: string): Promise<void> {
  const stats = await stat(directory).catch((cause: unknown) => {
    throw new UnreachableError(`${directory}: cannot be read as a directory`, { cause });
  });
  if (!stats.isDirectory()) throw new UnreachableError(`${directory}: not a directory`);
}

async function* findImage(directory: string, signal: AbortSignal): AsyncGenerator<SourceImage> {
  const root = Buffer.from(directory);
  const { diffId, byteCount } = await digestTree(root, signal);
  const configBytes = Buffer.from(JSON.stringify({ os: "linux", rootfs: { type: "layers", diff_ids: [diffId] } }));
  const digest = digestOfBytes(configBytes);
  yield {
    name: basename(directory) || "rootfs",
    digest,
    configDigest: digest,
    config: parseImageConfig(configBytes, "rootfs"),
    readConfig: async () => configBytes,
    layers: [
      {
        digest: undefined,
        diffId,
        storedSize: byteCount,
        isDescribed: false,
        mediaType: "application/vnd.oci.image.layer.v1.tar",
        createdBy: "",
        place: { kind: "remote", length: byteCount, open: () => treeToTar(root) },
        label: "the directory tree",
      },
    ],
  };
}

async function digestTree(root: Buffer, signal: AbortSignal): Promise<{ diffId: DiffId; byteCount: number }> {
  const hash = createHash("sha256");
  let byteCount = 0;
  for await (const chunk of treeToTar(root)) {
    signal.throwIfAborted();
    hash.update(chunk);
    byteCount += chunk.length;
  }
  return { diffId: `sha256:${hash.digest("hex")}` as DiffId, byteCount };
}
