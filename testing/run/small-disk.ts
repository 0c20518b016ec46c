import { spawnSync } from "node:child_process";
import { mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A disk that a test can fill. */
export interface SmallDisk {
  /** Its mount point; every account may enter. */
  readonly path: string;
  /** Fills it up to this many free bytes, to the block. */
  fillUpTo(freeBytes: number): void;
  /** Removes the filling. */
  clear(): void;
  unmount(): void;
}

/** A tmpfs of this many MiB; `undefined` if this account may not mount one, and tests that need it are skipped. */
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

/** Whether tests can mount small disks. */
export function canMountDisks(): boolean {
  const disk = mountSmallDisk(1);
  disk?.unmount();
  return disk !== undefined;
}
