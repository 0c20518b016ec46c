import { quote } from "#lib/model/fault.ts";
import type { SbomDocument } from "#lib/model/sbom.ts";
import { isObject } from "../json/index.ts";
import { DocumentBuilder, objectsOf, textOf, textsOf } from "../sbom-document/index.ts";
import { Relationships } from "./relationships.ts";

type JsonObject = Record<string, unknown>;

const CONTEXT = /^https?:\/\/spdx\.org\/rdf\/v?3/;
const KNOWN_VERSION = /^3\.0(\.\d{1,3})?$/;
/** The model's package classes (SPDX 3.0: Software, AI, Dataset), with their prefix in JSON-LD or without. */
const PACKAGE = /(^|[_/])(AI|Dataset)?Package$/;
const FILE = /(^|[_/])File$/;
const RELATIONSHIP = /(^|[_/])(LifecycleScoped)?Relationship$/;
/** A collection whose root elements are what it describes. */
const COLLECTION = /(^|[_/])(SpdxDocument|Bundle|Bom|Sbom)$/;
/** SPDX 3.0, Core: individuals that stand for nothing, and for no statement. */
const NOTHING = /(^|\/)(NoneElement|NoAssertionElement)$/;

export function isSpdx3(json: JsonObject): boolean {
  const contexts = Array.isArray(json["@context"]) ? json["@context"] : [json["@context"]];
  return contexts.some((context) => CONTEXT.test(textOf(context)));
}

/**
 * An SPDX 3.0 document in JSON-LD: a list of elements under `@graph`. The root elements of its documents and SBOMs are the roots,
 * its packages the components; files are counted. Throws InputError if it is too large.
 */
export function readSpdx3(json: JsonObject, place: string): SbomDocument {
  const builder = new DocumentBuilder(place);
  const elements = Array.isArray(json["@graph"]) ? json["@graph"] : [json];
  const reader = new GraphReader(builder);
  for (const [i, element] of objectsOf(builder, elements, "@graph")) reader.read(element, `@graph[${i}]`);
  return reader.finish();
}

class GraphReader {
  readonly #builder: DocumentBuilder;
  readonly #relationships: Relationships;
  /** Root elements by the collection that names them, until all collections are known. */
  readonly #rootsOf = new Map<string, string[]>();
  #specVersion = "";
  #name = "";

  constructor(builder: DocumentBuilder) {
    this.#builder = builder;
    this.#relationships = new Relationships(builder);
  }

  read(element: JsonObject, what: string): void {
    const type = textOf(element.type) || textOf(element["@type"]);
    const ref = textOf(element.spdxId) || textOf(element["@id"]);
    if (PACKAGE.test(type)) this.#readPackage(element, ref, what);
    else if (FILE.test(type)) this.#builder.addFile(ref);
    else if (RELATIONSHIP.test(type)) this.#readRelationship(element, what);
    else if (COLLECTION.test(type)) this.#readCollection(element, { type, ref, what });
    else {
      if (type === "CreationInfo") this.#specVersion ||= textOf(element.specVersion);
      this.#builder.addOther(ref);
    }
  }

  #readPackage(element: JsonObject, ref: string, what: string): void {
    const version = textOf(element.software_packageVersion) || textOf(element.packageVersion);
    const purl = findPurl(this.#builder, element, what);
    this.#builder.addComponent({ ref, purl, name: textOf(element.name), version, id: "" }, what);
  }

  #readCollection(element: JsonObject, { type, ref, what }: { type: string; ref: string; what: string }): void {
    this.#builder.addOther(ref);
    const named = this.#rootsOf.get(ref) ?? [];
    this.#rootsOf.set(ref, named);
    for (const root of textsOf(this.#builder, element.rootElement, `${what}.rootElement`)) named.push(root);
    if (type.endsWith("SpdxDocument")) this.#name ||= textOf(element.name);
    for (const [, { externalSpdxId }] of objectsOf(this.#builder, element.import, `${what}.import`))
      this.#builder.addOther(textOf(externalSpdxId));
  }

  #readRelationship(element: JsonObject, what: string): void {
    const [from, type] = [textOf(element.from), textOf(element.relationshipType)];
    if (from === "" || type === "") {
      this.#builder.addFault(`${what} is a relationship that is not complete`);
      return;
    }
    for (const to of textsOf(this.#builder, element.to, `${what}.to`)) {
      if (NOTHING.test(to)) continue;
      if (type === "describes") this.#builder.addRoot(to);
      else this.#relationships.add3(from, type, to);
    }
  }

  finish(): SbomDocument {
    this.#relationships.report();
    for (const roots of this.#rootsOf.values()) {
      // An SBOM that a document names as its root is a collection itself, and names its own.
      for (const ref of roots) if (!this.#rootsOf.has(ref)) this.#builder.addRoot(ref);
    }
    if (!KNOWN_VERSION.test(this.#specVersion))
      this.#builder.addFault(`specVersion ${quote(this.#specVersion)}: expected 3.0, and read like that`);
    return this.#builder.build({ format: "spdx", specVersion: this.#specVersion, name: this.#name });
  }
}

/** `software_packageUrl`, or else the first external identifier that is a purl. */
function findPurl(builder: DocumentBuilder, element: JsonObject, what: string): string {
  const own = textOf(element.software_packageUrl) || textOf(element.packageUrl);
  if (own !== "") return own;
  for (const [, entry] of objectsOf(builder, element.externalIdentifier, `${what}.externalIdentifier`)) {
    if (isObject(entry) && /^package-?url$/i.test(textOf(entry.externalIdentifierType)))
      return textOf(entry.identifier);
  }
  return "";
}
