/** UTF-16 units of a group, an artifact or a version: what is longer is none of Maven's. */
export const MAX_COORDINATE = 256;

/** What Maven calls a package. The version may be "". */
export interface Coordinates {
  readonly groupId: string;
  readonly artifactId: string;
  readonly version: string;
}

const WORD = /^[A-Za-z0-9_.-]+$/;

/** Whether it may be a group or an artifact (Maven's own rule for both). */
export function isMavenWord(text: string): boolean {
  return text.length <= MAX_COORDINATE && WORD.test(text);
}

/** A pom.properties, which Maven writes into each archive; `undefined` if it names nothing. The last of a key counts. */
export function parsePomProperties(text: string): Coordinates | undefined {
  const values = new Map<string, string>();
  for (const line of text.split(/\r\n?|\n/)) {
    const [, key, value] = /^\s*(groupId|artifactId|version)\s*[=:\s]\s*(.*?)\s*$/.exec(line.slice(0, 1024)) ?? [];
    if (key !== undefined) values.set(key, value!);
  }
  const [groupId = "", artifactId = "", version = ""] = ["groupId", "artifactId", "version"].map((key) =>
    values.get(key),
  );
  if (!isMavenWord(groupId) || !isMavenWord(artifactId)) return undefined;
  return { groupId, artifactId, version: toVersion(version) };
}

/** "" for what only a build could fill in. */
export function toVersion(text: string): string {
  return text.length > MAX_COORDINATE || /[\s$]/.test(text) ? "" : text;
}
