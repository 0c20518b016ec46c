import { spawnSync } from "node:child_process";
import { mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A disk that can be filled. */
export interface SmallDisk {
  /** Its mount point; every account may enter. */
  readonly path: string;
  /** Leaves this many bytes of it free, to the block. */
  fillUpTo(freeBytes: number): void;
  /** Takes away what fills it. */
  clear(): void;
  unmount(): void;
}

/** A tmpfs of this many MiB; `undefined` where this account may not mount one, and a test that needs it is skipped. */
export function mountSmallDisk(mebibytes: number): SmallDisk | undefined {
  const path = mkdtempSync(join(tmpdir(), "stratigraph-disk-"));
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${mebibytes}m,mode=0755`, "tmpfs", path]);
  if (mounted.status !== 0) {
    rmdirSync(path);
    return undefined;
  }
  const filler = join(path, "filler");
  return {
    path,
    fillUpTo: (freeBytes) => {
      rmSync(filler, { force: true });
      const { bavail, bsize } = statfsSync(path);
      writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - freeBytes)));
    },
    clear: () => rmSync(filler, { force: true }),
    unmount: () => {
      spawnSync("umount", [path]);
      rmdirSync(path);
    },
  };
}

/** Whether tests here have small disks. */
export function canMountDisks(): boolean {
  const disk = mountSmallDisk(1);
  disk?.unmount();
  return disk !== undefined;
}
