import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { convertToApk, convertToRpm } from "./convert-root.ts";
import type { Recipe } from "./recipes.ts";

/**
 * An uncompressed OCI layout of one layer, built once with mmdebstrap and umoci. Throws if a program is missing, or where this user may
 * not change the root directory.
 */
export function buildImage(folder: string, recipe: Recipe): string {
  const layout = join(folder, recipe.name);
  if (existsSync(layout)) return layout;
  mkdirSync(folder, { recursive: true });
  const [making, root, tar] = ["making", "root", "tar"].map((end) => `${layout}.${end}`) as [string, string, string];
  for (const each of [making, root, tar]) rmSync(each, { recursive: true, force: true });
  const outside = recipe.outside?.map((step) => `--customize-hook=${step} >&2`) ?? [];
  const steps = recipe.steps.map((step) => `--customize-hook=chroot "$1" sh -euc ${quote(step)} >&2`);
  const include = `--include=${recipe.packages.join(",")}`;
  run("mmdebstrap", "--quiet", "--variant=minbase", include, ...outside, ...steps, "trixie", root);
  if (recipe.manager === "rpm") convertToRpm(root, `${layout}.rpms`);
  if (recipe.manager === "apk") convertToApk(root);
  run("tar", "-C", root, "--numeric-owner", "-cf", tar, ".");
  run("umoci", "init", "--layout", making);
  run("umoci", "new", "--image", `${making}:latest`);
  run("umoci", "raw", "add-layer", "--image", `${making}:latest`, tar);
  const entrypoint = recipe.entrypoint.map((word) => `--config.entrypoint=${word}`);
  run("umoci", "config", "--image", `${making}:latest`, ...entrypoint);
  for (const each of [root, tar]) rmSync(each, { recursive: true, force: true });
  renameSync(making, layout);
  return layout;
}

function run(program: string, ...args: readonly string[]): void {
  execFileSync(program, args, { stdio: ["ignore", "ignore", "inherit"] });
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
