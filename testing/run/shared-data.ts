import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Real inputs with known answers, beside the checkout. Not part of the repository: their licences differ. */
const FOLDER = new URL("../../../shared/data/", import.meta.url);

/**
 * The file or folder at `path` among the shared inputs, `undefined` if it is missing. A test that needs it declares so:
 * `describe.skipIf(sharedData("guix/db.sqlite") === undefined)`.
 */
export function sharedData(path: string): string | undefined {
  const file = fileURLToPath(new URL(path, FOLDER));
  return existsSync(file) ? file : undefined;
}
