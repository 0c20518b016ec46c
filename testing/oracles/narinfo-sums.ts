import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Hash parts of the closure of a path in a cache, by definition: from the text of its narinfos, with nothing of the product's. */
export function listCachedClosure(directory: string, hashPart: string, found = new Set<string>()): Set<string> {
  if (found.has(hashPart)) return found;
  found.add(hashPart);
  for (const reference of field(directory, hashPart, "References").split(" "))
    if (reference !== "") listCachedClosure(directory, reference.slice(0, 32), found);
  return found;
}

/** Σ FileSize of these paths. */
export function sumFileSizes(directory: string, hashParts: Iterable<string>): number {
  return [...hashParts].reduce((sum, hash) => sum + Number(field(directory, hash, "FileSize")), 0);
}

function field(directory: string, hashPart: string, name: string): string {
  const text = readFileSync(join(directory, `${hashPart}.narinfo`), "utf8");
  return new RegExp(`^${name}: (.*)$`, "m").exec(text)?.[1] ?? "";
}
