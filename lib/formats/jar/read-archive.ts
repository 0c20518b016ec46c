import { inflateRawSync } from "node:zlib";
import { type Fault, FaultList } from "#lib/model/fault.ts";
import { ArchiveFactsWriter } from "./archive-facts.ts";
import { isMavenWord, parsePomProperties } from "./coordinates.ts";
import { parseManifest } from "./manifest.ts";
import { parsePom } from "./pom.ts";
import { listZipEntries, MAX_ZIP_ENTRIES, type ZipEntry } from "./zip-directory.ts";

/** Archives inside each other: a jar in a war in an ear is the third. */
export const MAX_ARCHIVE_DEPTH = 8;
/** Archives in one file, those in others included. */
export const MAX_NESTED_ARCHIVES = 10_000;
/** pom.properties in one file. */
export const MAX_POMS = 20_000;
/** Bytes of a manifest: signed ones have a digest of each class. */
export const MAX_MANIFEST_BYTES = 4 * 1024 ** 2;
/** Bytes of a pom.properties. */
export const MAX_POM_PROPERTIES_BYTES = 64 * 1024;
/** Bytes of a pom.xml. */
export const MAX_POM_XML_BYTES = 256 * 1024;
/** Bytes that are in memory because they were inflated: nested archives, one for each depth. */
export const MAX_INFLATED_BYTES = 32 * 1024 ** 2;

const MANIFEST = "META-INF/MANIFEST.MF";
const POM = /^META-INF\/maven\/([^/]+)\/([^/]+)\/pom\.(?:properties|xml)$/;
/** Parsing a byte of XML takes as long as inflating so many. */
const XML_COST = 16;
/** What Java programs and their servers are packed in; all are zip archives with a manifest. */
const ARCHIVE = /\.(?:jar|war|ear|sar|par|kar|nar|hpi|jpi|lpkg)$/i;

const WANTED = new RegExp(`${POM.source}|${ARCHIVE.source}|^${MANIFEST}$`, "i");
/** Of `.MF`, `.properties`, `.xml`, and the archives. */
const ENDINGS: ReadonlySet<string> = new Set(["mf", "es", "ml", "ar", "pi", "kg"]);
const isWanted = (name: string) => WANTED.test(name);

/** Whether a file of this name is read as a Java archive. */
export function isJavaArchive(path: string): boolean {
  return ARCHIVE.test(path);
}

/** Says whether so many more bytes may be inflated, or read as text. */
export type SpendInflated = (byteCount: number) => boolean;

/**
 * What an archive says of itself and of the archives in it, as `readArchiveFacts` reads it. Only manifests, pom.properties and nested
 * archives are inflated. Faults are listed with their place: one damaged archive does not lose those beside it.
 */
export function condenseArchive(bytes: Uint8Array, spend: SpendInflated): { value: Uint8Array; problems: Fault[] } {
  const reader = new ArchiveReader(spend);
  reader.read(bytes, { path: "", depth: 1 });
  return { value: reader.facts.finish(), problems: reader.faults.found };
}

/** Where an archive is: `path` in the outermost one. */
interface Place {
  readonly path: string;
  readonly depth: number;
}

class ArchiveReader {
  readonly facts = new ArchiveFactsWriter();
  readonly faults = new FaultList();
  readonly #spend: SpendInflated;
  #heldBytes = 0;
  #entryCount = 0;
  #archiveCount = 0;
  #pomCount = 0;

  constructor(spend: SpendInflated) {
    this.#spend = spend;
  }

  /** The records of an archive come before those of the archives in it. */
  read(bytes: Uint8Array, place: Place): void {
    if (!this.#keep(place.path, this.facts.addArchive(place.path))) return;
    const nested: ZipEntry[] = [];
    for (const entry of this.#list(bytes, place)) {
      if (ARCHIVE.test(entry.name)) nested.push(entry);
      else if (entry.name.endsWith(".properties")) this.#readPom(entry, place);
      else if (entry.name.endsWith(".xml")) this.#readDependencies(entry, place);
      else this.#readManifest(entry, place);
      if (nested.length > MAX_NESTED_ARCHIVES) break;
    }
    for (const entry of nested) this.#readNested(entry, place);
  }

  *#list(bytes: Uint8Array, { path }: Place): Generator<ZipEntry> {
    const faults = new FaultList();
    const spendEntry = () => ++this.#entryCount <= MAX_ZIP_ENTRIES;
    yield* listZipEntries(bytes, { endings: ENDINGS, isWanted, spendEntry }, faults);
    for (const { message, code } of faults.found) this.#fail(path, message, code);
  }

  #readManifest(entry: ZipEntry, place: Place): void {
    const text = this.#openText(entry, place, MAX_MANIFEST_BYTES);
    if (text !== undefined) this.#keep(pathOf(place, entry), this.facts.addManifest(parseManifest(text)));
  }

  #readPom(entry: ZipEntry, place: Place): void {
    this.#pomCount += 1;
    if (this.#pomCount === MAX_POMS + 1) this.faults.addLimit("pom.properties", MAX_POMS);
    if (this.#pomCount > MAX_POMS) return;
    const pom = parsePomProperties(this.#openText(entry, place, MAX_POM_PROPERTIES_BYTES) ?? "");
    if (pom !== undefined) this.#keep(pathOf(place, entry), this.facts.addPom(pom));
  }

  #readDependencies(entry: ZipEntry, place: Place): void {
    const [, groupId = "", artifactId = ""] = POM.exec(entry.name) ?? [];
    if (!isMavenWord(groupId) || !isMavenWord(artifactId)) return;
    if (!this.#spend(Math.min(entry.byteCount, MAX_POM_XML_BYTES) * XML_COST)) return;
    const text = this.#openText(entry, place, MAX_POM_XML_BYTES) ?? "";
    const from = `${groupId}:${artifactId}`;
    const fits = parsePom(text, groupId).every((each) => this.facts.addDependency({ from, ...each }));
    this.#keep(pathOf(place, entry), fits);
  }

  #readNested(entry: ZipEntry, place: Place): void {
    const path = pathOf(place, entry);
    this.#archiveCount += 1;
    if (this.#archiveCount === MAX_NESTED_ARCHIVES + 1)
      this.faults.addLimit("archives in one file", MAX_NESTED_ARCHIVES);
    if (this.#archiveCount > MAX_NESTED_ARCHIVES) return;
    const bytes = this.#openNested(entry, place);
    // Without its bytes it still has a name.
    if (bytes === undefined) this.#keep(path, this.facts.addArchive(path));
    else this.#readHeld(bytes, { path, depth: place.depth + 1 }, entry.method === 0 ? 0 : bytes.length);
  }

  #readHeld(bytes: Uint8Array, place: Place, heldBytes: number): void {
    this.#heldBytes += heldBytes;
    this.read(bytes, place);
    this.#heldBytes -= heldBytes;
  }

  #openNested(entry: ZipEntry, place: Place): Uint8Array | undefined {
    if (place.depth === MAX_ARCHIVE_DEPTH)
      return this.#fail(pathOf(place, entry), `more than ${MAX_ARCHIVE_DEPTH} archives deep`, "limit-exceeded");
    // One that is stored is read in place, whatever its size.
    if (entry.method === 0 && !entry.isEncrypted && entry.bytes !== undefined) return entry.bytes;
    return this.#open(entry, pathOf(place, entry), MAX_INFLATED_BYTES - this.#heldBytes);
  }

  #openText(entry: ZipEntry, place: Place, maxBytes: number): string | undefined {
    const body = this.#open(entry, pathOf(place, entry), maxBytes);
    return body && new TextDecoder().decode(body);
  }

  /** The content of an entry, after checks of what it says of itself. */
  #open({ bytes, method, isEncrypted, byteCount }: ZipEntry, path: string, maxBytes: number): Uint8Array | undefined {
    if (bytes === undefined) return this.#fail(path, "its bytes are not in the archive");
    if (isEncrypted) return this.#fail(path, "is encrypted");
    if (method !== 0 && method !== 8) return this.#fail(path, `compressed by method ${method}`);
    const size = method === 0 ? bytes.length : byteCount;
    if (size > maxBytes || !this.#spend(size))
      return this.#fail(path, `${size} bytes: too large to be read inside an archive`, "limit-exceeded");
    return method === 0 ? bytes : this.#inflate(path, bytes, byteCount);
  }

  #inflate(path: string, bytes: Buffer, byteCount: number): Uint8Array | undefined {
    try {
      return inflateRawSync(bytes, { maxOutputLength: Math.max(byteCount, 1), chunkSize: toChunkSize(byteCount) });
    } catch {
      return this.#fail(path, "is damaged, or longer than it says");
    }
  }

  /** Reports what did not fit. */
  #keep(path: string, fits: boolean): boolean {
    if (!fits) this.#fail(path, "the archive says too much of itself: the rest is left out", "limit-exceeded");
    return fits;
  }

  #fail(path: string, message: string, code?: Fault["code"]): undefined {
    this.faults.add(at(path, message), code);
  }
}

/** One piece for most, and never as much as a lie about its size would take. */
function toChunkSize(byteCount: number): number {
  return Math.min(Math.max(byteCount, 64), 1024 ** 2);
}

/** UTF-16 units of a path in a message. */
const MAX_SHOWN_PATH = 300;

function at(path: string, message: string): string {
  return path === "" ? message : `${JSON.stringify(path.slice(-MAX_SHOWN_PATH))}: ${message}`;
}

function pathOf({ path }: Place, { name }: ZipEntry): string {
  const decoded = Buffer.from(name, "latin1").toString("utf8");
  return path === "" ? decoded : `${path}!/${decoded}`;
}
