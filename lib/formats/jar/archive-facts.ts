import { type Coordinates, isMavenWord } from "./coordinates.ts";
import type { ManifestAttributes } from "./manifest.ts";
import type { PomDependency } from "./pom.ts";

/**
 * What is kept of a Java archive with its layer, instead of the archive: four bytes of magic with the version of the format, then
 * records, each after a zero and with a letter in front. `a`: an archive, by its path in the outermost one ("" for that itself,
 * `a.war!/WEB-INF/lib/b.jar`); its own records follow it. `m`: an attribute of its manifest. `p`: a pom.properties, `GROUP:ARTIFACT:VERSION`.
 * `d`: a dependency of one of its packages, `GROUP:ARTIFACT:GROUP:ARTIFACT`.
 */
const MAGIC = "SGj1";

/** Bytes of the facts of one archive with all that it contains. */
export const MAX_ARCHIVE_FACTS_BYTES = 4 * 1024 ** 2;

/** One archive: a file, or one inside it. */
export interface ArchiveFacts {
  readonly path: string;
  readonly manifest: ManifestAttributes;
  readonly poms: readonly Coordinates[];
  /** What the pom.xml of its packages declare. */
  readonly dependencies: readonly DeclaredDependency[];
}

/** A dependency of the package `from` (`GROUP:ARTIFACT`). */
export interface DeclaredDependency extends PomDependency {
  readonly from: string;
}

/** Collects the facts of one file up to `MAX_ARCHIVE_FACTS_BYTES`. */
export class ArchiveFactsWriter {
  readonly #records: string[] = [];
  #length = MAGIC.length;

  /** Each is false, and adds nothing, if there is no more room. */
  addArchive(path: string): boolean {
    return this.#add(`a${path}`);
  }

  addManifest(manifest: ManifestAttributes): boolean {
    return [...manifest].every(([name, value]) => this.#add(`m${name}: ${value}`));
  }

  addPom({ groupId, artifactId, version }: Coordinates): boolean {
    return this.#add(`p${groupId}:${artifactId}:${version}`);
  }

  addDependency({ from, groupId, artifactId }: DeclaredDependency): boolean {
    return this.#add(`d${from}:${groupId}:${artifactId}`);
  }

  /** Memory of its own, which can be transferred to another thread. */
  finish(): Uint8Array {
    return Uint8Array.from(Buffer.from(MAGIC + this.#records.join("")));
  }

  #add(record: string): boolean {
    const text = `\0${record.replaceAll("\0", "\ufffd")}`;
    const length = this.#length + Buffer.byteLength(text);
    if (length > MAX_ARCHIVE_FACTS_BYTES) return false;
    this.#length = length;
    this.#records.push(text);
    return true;
  }
}

/** The facts of an archive of which nothing but its name is known. */
export function unreadArchiveFacts(): Uint8Array {
  const writer = new ArchiveFactsWriter();
  writer.addArchive("");
  return writer.finish();
}

/** The archives of one file, the outermost first; `undefined` for anything else, since a document of an image may be any bytes. */
export function readArchiveFacts(bytes: Uint8Array): ArchiveFacts[] | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length > MAX_ARCHIVE_FACTS_BYTES || buffer.toString("latin1", 0, MAGIC.length) !== MAGIC) return undefined;
  const found: (ArchiveFacts & Mutable)[] = [];
  for (const record of buffer.toString("utf8", MAGIC.length).split("\0").slice(1)) {
    const value = record.slice(1);
    const archive = found.at(-1);
    if (record.startsWith("a")) found.push({ path: value, manifest: new Map(), poms: [], dependencies: [] });
    else if (record.startsWith("m")) archive?.manifest.set(...toAttribute(value));
    else if (record.startsWith("p")) archive?.poms.push(...toCoordinates(value));
    else if (record.startsWith("d")) archive?.dependencies.push(...toDependency(value));
  }
  return found;
}

interface Mutable {
  readonly manifest: Map<string, string>;
  readonly poms: Coordinates[];
  readonly dependencies: DeclaredDependency[];
}

function toDependency(text: string): DeclaredDependency[] {
  const words = text.split(":");
  const [fromGroup, fromArtifact, groupId, artifactId] = words;
  if (words.length !== 4 || !words.every(isMavenWord)) return [];
  return [{ from: `${fromGroup}:${fromArtifact}`, groupId: groupId!, artifactId: artifactId! }];
}

function toAttribute(text: string): [string, string] {
  const colon = text.indexOf(": ");
  return [text.slice(0, Math.max(colon, 0)), text.slice(colon + 2)];
}

/** None if they are not ones that a reader of archives writes. */
function toCoordinates(text: string): Coordinates[] {
  const [groupId = "", artifactId = "", ...version] = text.split(":");
  const isWhole = isMavenWord(groupId) && isMavenWord(artifactId);
  return isWhole ? [{ groupId, artifactId, version: version.join(":") }] : [];
}
