import { rm } from "node:fs/promises";
import { join } from "node:path";
import { isMissing } from "#lib/sources/images/directory.ts";
import type { ImageTarget } from "./image-target.ts";

/** The folder that a process writes into before its images are finished: beside a new target, and inside a layout that is there. */
export function partialFolder(path: string, place: "beside" | "inside", pid = process.pid): string {
  return place === "beside" ? `${path}.${pid}.partial` : join(path, `.${pid}.partial`);
}

/** Removes what a process left there that was killed. */
export async function removePartial(target: ImageTarget, pid: number): Promise<void> {
  if (target.kind === "registry") return;
  for (const place of ["beside", "inside"] as const) await removeFolder(partialFolder(target.path, place, pid));
}

/** There is nothing inside a target that is a file. */
async function removeFolder(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true });
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}
