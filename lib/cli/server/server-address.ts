import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dataDirectory } from "#lib/db/server/data-directory.ts";

/** Where `up` and `serve` listen first, when nothing says otherwise. */
const USUAL = "http://127.0.0.1:3080/";

function noteFile(): string {
  return join(dataDirectory(), "server-address");
}

/** Notes where the pages are, for other commands that print addresses of them; returns what takes the note away. */
export function noteAddress(url: string): () => void {
  writeFileSync(noteFile(), url);
  return () => {
    if (readNote() === url) rmSync(noteFile(), { force: true });
  };
}

/** Where the pages are: STRATIGRAPH_URL if they have a public name, else where a command serves them now; "" if none does. */
export function servedAddress(): string {
  return process.env.STRATIGRAPH_URL || readNote();
}

/** The address of a page (its path without a leading slash), whether it is served now or will be later. */
export function pageAddress(path: string): string {
  return new URL(path, servedAddress() || USUAL).href;
}

function readNote(): string {
  try {
    return readFileSync(noteFile(), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  }
}
