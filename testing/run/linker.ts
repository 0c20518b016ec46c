import { spawnSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { join, relative } from "node:path";

const LOADER = "/lib64/ld-linux-x86-64.so.2";
const LISTED = /^\t(\S+) => (\S.*?)(?: \(0x[0-9a-f]+\))?$/gm;

/** Whether ld.so of another root can be run: chroot needs root, and the machine must be the image's. */
export const canRunLinker = process.getuid?.() === 0 && process.platform === "linux" && process.arch === "x64";

/**
 * What ld.so finds for the file when it is started inside the root, by needed name: the real path, relative to the root, or `undefined`
 * for "not found". `undefined` for a file that it does not load: a static one, or one of another machine.
 */
export function listWithLinker(root: string, path: string): Map<string, string | undefined> | undefined {
  const args = [root, LOADER, "--glibc-hwcaps-mask", "none", "--list", `/${path}`];
  const run = spawnSync("chroot", args, { encoding: "utf8", env: { ...process.env, LD_LIBRARY_PATH: "" } });
  if (run.error !== undefined) throw run.error;
  if (run.status !== 0 && !run.stdout.includes("=>")) return undefined;
  const found = Array.from(run.stdout.matchAll(LISTED), ([, name, target]) => [name!, target!] as const);
  return new Map(found.map(([name, target]) => [name, target === "not found" ? undefined : realPath(root, target)]));
}

const realPaths = new Map<string, string>();

function realPath(root: string, path: string): string {
  const key = join(root, path);
  const known = realPaths.get(key) ?? readRealPath(root, path);
  realPaths.set(key, known);
  return known;
}

/** Links inside the root are followed as if it were the whole file system. */
function readRealPath(root: string, path: string): string {
  const run = spawnSync("chroot", [root, "/usr/bin/readlink", "-f", path], { encoding: "utf8" });
  return run.status === 0 ? run.stdout.trim().slice(1) : relative(root, realpathSync(join(root, path)));
}
