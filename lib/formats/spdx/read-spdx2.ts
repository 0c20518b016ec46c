import { quote } from "#lib/model/fault.ts";
import type { SbomDocument } from "#lib/model/sbom.ts";
import { DocumentBuilder, objectsOf, readOwnAnnotation, textOf, textsOf } from "../sbom-document/index.ts";
import { Relationships } from "./relationships.ts";

type JsonObject = Record<string, unknown>;

const VERSION_PREFIX = "SPDX-";
const KNOWN_VERSIONS = new Set(["2.2", "2.3"]);
const DOCUMENT = "SPDXRef-DOCUMENT";
/** SPDX 2.3, 11.1: an element of another document, and two words for none. */
const EXTERNAL = "DocumentRef-";
const NOTHING = new Set(["NONE", "NOASSERTION"]);

export function isSpdx2(json: JsonObject): boolean {
  return textOf(json.spdxVersion).startsWith(VERSION_PREFIX);
}

/**
 * An SPDX JSON document, 2.2 or 2.3. What it describes are the roots; its packages are the components, its files are counted.
 * Throws InputError if it is too large.
 */
export function readSpdx2(json: JsonObject, place: string): SbomDocument {
  const builder = new DocumentBuilder(place);
  const specVersion = textOf(json.spdxVersion).slice(VERSION_PREFIX.length);
  if (!KNOWN_VERSIONS.has(specVersion))
    builder.addFault(
      `spdxVersion ${quote(textOf(json.spdxVersion))}: expected SPDX-2.2 or SPDX-2.3, and read like these`,
    );
  const document = textOf(json.SPDXID) || DOCUMENT;
  builder.addOther(document);
  for (const [i, entry] of objectsOf(builder, json.packages, "packages")) addPackage(builder, entry, `packages[${i}]`);
  for (const [, { SPDXID }] of objectsOf(builder, json.files, "files")) builder.addFile(textOf(SPDXID));
  for (const [, { SPDXID }] of objectsOf(builder, json.snippets, "snippets")) builder.addOther(textOf(SPDXID));
  for (const ref of textsOf(builder, json.documentDescribes, "documentDescribes")) builder.addRoot(ref);
  addRelationships(builder, json.relationships, document);
  return builder.build({ format: "spdx", specVersion, name: textOf(json.name) });
}

function addPackage(builder: DocumentBuilder, entry: JsonObject, what: string): void {
  const [ref, name, version] = [textOf(entry.SPDXID), textOf(entry.name), textOf(entry.versionInfo)];
  const { id, isArtifact } = readOwnAnnotation(entry.annotations);
  if (isArtifact) builder.addArtifact(ref);
  else builder.addComponent({ ref, purl: findPurl(builder, entry, what), name, version, id }, what);
}

/** The first purl of its external references; its type may be written as a URL. */
function findPurl(builder: DocumentBuilder, { externalRefs }: JsonObject, what: string): string {
  for (const [, { referenceType, referenceLocator }] of objectsOf(builder, externalRefs, `${what}.externalRefs`)) {
    if (/(^|\/)purl$/.test(textOf(referenceType))) return textOf(referenceLocator);
  }
  return "";
}

function addRelationships(builder: DocumentBuilder, value: unknown, document: string): void {
  const relationships = new Relationships(builder);
  for (const [i, entry] of objectsOf(builder, value, "relationships")) {
    const [from, type, to] = [entry.spdxElementId, entry.relationshipType, entry.relatedSpdxElement].map(textOf);
    if (from === "" || type === "" || to === "") {
      builder.addFault(`relationships[${i}] is not complete`);
      continue;
    }
    if (NOTHING.has(from!) || NOTHING.has(to!)) continue;
    for (const ref of [from!, to!]) if (ref.startsWith(EXTERNAL)) builder.addOther(ref);
    if (type === "DESCRIBES" && from === document) builder.addRoot(to!);
    else if (type === "DESCRIBED_BY" && to === document) builder.addRoot(from!);
    else relationships.add2(from!, type!, to!);
  }
  relationships.report();
}
