import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The folder with package.json, node_modules and prisma/. Searched from this file upwards, then from the working directory,
 * because inside the web server's bundle this file is elsewhere than in the checkout.
 */
export function projectRoot(): string {
  for (const start of [dirname(fileURLToPath(import.meta.url)), process.cwd()]) {
    const root = findUpwards(start, join("prisma", "migrations"));
    if (root !== undefined) return root;
  }
  throw new Error("prisma/migrations is missing beside the program");
}

function findUpwards(start: string, marker: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, marker))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}
