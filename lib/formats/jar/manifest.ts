/** UTF-16 units kept of one value: a Class-Path may name a hundred files. */
export const MAX_MANIFEST_VALUE = 8192;

/** The attributes that say what an archive is, who starts it, and what it needs. */
const KEPT = new Set([
  "Automatic-Module-Name",
  "Bundle-SymbolicName",
  "Bundle-Version",
  "Class-Path",
  "Implementation-Title",
  "Implementation-Vendor-Id",
  "Implementation-Version",
  "Main-Class",
  "Plugin-Version",
  "Specification-Version",
  "Start-Class",
]);

/** Attributes by name, of which those of `KEPT` are there. */
export type ManifestAttributes = ReadonlyMap<string, string>;

/**
 * The main attributes of a META-INF/MANIFEST.MF (the JAR file specification): the lines up to the first empty one, of which those that
 * begin with a space continue the one before. The first of a name counts, whatever its case.
 */
export function parseManifest(text: string): ManifestAttributes {
  const lines = text.replace(/\r\n?/g, "\n");
  const end = lines.indexOf("\n\n");
  const section = end < 0 ? lines : lines.slice(0, end);
  const found = new Map<string, string>();
  for (const line of section.replaceAll("\n ", "").split("\n")) {
    const colon = line.indexOf(":");
    const name = NAMES.get(line.slice(0, Math.max(colon, 0)).toLowerCase());
    if (name !== undefined && !found.has(name))
      found.set(name, line.slice(colon + 1, colon + 2 + MAX_MANIFEST_VALUE).trim());
  }
  return found;
}

const NAMES: ReadonlyMap<string, string> = new Map([...KEPT].map((name) => [name.toLowerCase(), name]));
