import { quote } from "#lib/model/fault.ts";
import type { SbomDocument } from "#lib/model/sbom.ts";
import { isObject } from "../json/index.ts";
import { DocumentBuilder, listOf, objectsOf, readOwnProperties, textOf, textsOf } from "../sbom-document/index.ts";

type JsonObject = Record<string, unknown>;

const KNOWN_VERSIONS = new Set(["1.4", "1.5", "1.6", "1.7"]);

/** A reference into another document (CycloneDX, "BOM-Link"). */
const BOM_LINK = "urn:cdx:";

export function isCycloneDx(json: JsonObject): boolean {
  return json.bomFormat === "CycloneDX";
}

/**
 * A CycloneDX document, 1.4 to 1.7. `metadata.component` is the root; `dependsOn` and components inside components are relations.
 * `provides` is none: it names specifications that a component implements. Throws InputError if it is too large.
 */
export function readCycloneDx(json: JsonObject, place: string): SbomDocument {
  const builder = new DocumentBuilder(place);
  const specVersion = textOf(json.specVersion);
  if (!KNOWN_VERSIONS.has(specVersion))
    builder.addFault(`specVersion ${quote(specVersion)}: expected 1.4 to 1.7, and read like these`);
  const subject = isObject(json.metadata) ? json.metadata.component : undefined;
  const root = isObject(subject) ? addSubject(builder, subject) : undefined;
  addComponents(builder, json.components, {
    what: "components",
    root: isObject(subject) ? textOf(subject["bom-ref"]) : "",
  });
  addServices(builder, json.services);
  addDependencies(builder, json.dependencies);
  if (root !== undefined) builder.addRootAt(root);
  return builder.build({ format: "cyclonedx", specVersion, name: isObject(subject) ? toName(subject) : "" });
}

/** The subject is a component even if it is a file, unless this product wrote that it is none. */
function addSubject(builder: DocumentBuilder, subject: JsonObject): number | undefined {
  if (readOwnProperties(subject.properties).isArtifact) {
    builder.addArtifact(textOf(subject["bom-ref"]));
    return undefined;
  }
  const position = builder.addComponent(toComponent(subject), "metadata.component");
  const what = "metadata.component.components";
  addComponents(builder, subject.components, { what, parent: position, root: "" });
  return position;
}

interface ComponentList {
  readonly what: string;
  readonly parent?: number | undefined;
  /** The subject's reference: some tools list the subject among the components again. */
  readonly root: string;
}

interface OpenList {
  readonly entries: readonly unknown[];
  readonly what: string;
  readonly parent: number | undefined;
  next: number;
}

/** Components in the order of the document, each before those inside it. Without recursion: they may be nested deeply. */
function addComponents(builder: DocumentBuilder, value: unknown, { what, parent, root }: ComponentList): void {
  const open: OpenList[] = [{ entries: listOf(builder, value, what), what, parent, next: 0 }];
  for (let list = open.at(-1); list !== undefined; list = open.at(-1)) {
    if (list.next === list.entries.length) {
      open.pop();
      continue;
    }
    const at = `${list.what}[${list.next}]`;
    const entry = list.entries[list.next++];
    if (!isObject(entry)) {
      builder.addFault(`${at} is not an object`);
      continue;
    }
    const position = addEntry(builder, entry, { at, parent: list.parent, root });
    if (entry.components === undefined) continue;
    const inside = `${at}.components`;
    open.push({ entries: listOf(builder, entry.components, inside), what: inside, parent: position, next: 0 });
  }
}

interface EntryPlace {
  readonly at: string;
  readonly parent: number | undefined;
  readonly root: string;
}

/** The position of what is inside it has for a parent: its own, or that of a file's parent. */
function addEntry(builder: DocumentBuilder, entry: JsonObject, { at, parent, root }: EntryPlace): number | undefined {
  const ref = textOf(entry["bom-ref"]);
  if (entry.type === "file") {
    builder.addFile(ref);
    return parent;
  }
  if (root !== "" && ref === root) return 0;
  const position = builder.addComponent(toComponent(entry), at);
  if (position !== undefined && parent !== undefined) builder.addNested(parent, position);
  return position;
}

function toComponent(entry: JsonObject) {
  return {
    ref: textOf(entry["bom-ref"]),
    purl: textOf(entry.purl),
    name: toName(entry),
    version: textOf(entry.version),
    id: readOwnProperties(entry.properties).id,
  };
}

/** `group/name`, as in a purl: the scope of an npm package, the group of a Maven artifact. */
function toName(entry: JsonObject): string {
  const [group, name] = [textOf(entry.group), textOf(entry.name)];
  return group === "" || name === "" ? name : `${group}/${name}`;
}

/** Services are no components, but dependencies may name them. */
function addServices(builder: DocumentBuilder, value: unknown): void {
  const open = [value];
  while (open.length > 0) {
    for (const [, service] of objectsOf(builder, open.pop(), "services")) {
      builder.addOther(textOf(service["bom-ref"]));
      if (service.services !== undefined) open.push(service.services);
    }
  }
}

function addDependencies(builder: DocumentBuilder, value: unknown): void {
  for (const [i, { ref, dependsOn }] of objectsOf(builder, value, "dependencies")) {
    const from = textOf(ref);
    if (from === "") builder.addFault(`dependencies[${i}] has no ref`);
    else addDependency(builder, from, textsOf(builder, dependsOn, `dependencies[${i}].dependsOn`));
  }
}

function addDependency(builder: DocumentBuilder, from: string, dependsOn: Iterable<string>): void {
  for (const to of dependsOn) {
    for (const ref of [from, to]) if (ref.startsWith(BOM_LINK)) builder.addOther(ref);
    builder.addRelation(from, to, "dependsOn");
  }
}
