import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dataDirectory } from "#lib/db/server/data-directory.ts";

/** Where `up` and `serve` listen by default. */
const DEFAULT_URL = "http://127.0.0.1:3080/";

function noteFile(): string {
  return join(dataDirectory(), "server-address");
}

/** Notes the address of the pages for other commands; returns the function that removes the note. */
export function noteAddress(url: string): () => void {
  writeFileSync(noteFile(), url);
  return () => {
    if (readNote() === url) rmSync(noteFile(), { force: true });
  };
}

/** The address of the pages: STRATIGRAPH_URL if they have a public name, else that of a running server; "" without one. */
export function servedAddress(): string {
  return process.env.STRATIGRAPH_URL || readNote();
}

/** The address of a page (its path without a leading slash), served or not. */
export function pageAddress(path: string): string {
  return new URL(path, servedAddress() || DEFAULT_URL).href;
}

function readNote(): string {
  try {
    return readFileSync(noteFile(), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  }
}
