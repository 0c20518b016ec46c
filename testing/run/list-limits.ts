import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

const LIB = join(import.meta.dirname, "../../lib");
const LIMIT = /^(?:export )?const ((?:MAX|MIN)_[A-Z_]+) =/gm;

/** The limits of some folders of `lib`: `formats/tar/limits.ts MAX_BODY_BYTES`. */
export function listLimits(folders: readonly string[]): string[] {
  const files = folders.flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: LIB }));
  return files
    .filter((file) => !file.includes(".test."))
    .flatMap((file) => {
      const text = readFileSync(join(LIB, file), "utf8");
      return Array.from(text.matchAll(LIMIT), ([, name]) => `${file} ${name}`);
    });
}
