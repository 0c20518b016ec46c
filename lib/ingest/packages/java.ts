import {
  type ArchiveFacts,
  type ArchiveIdentity,
  type Coordinates,
  identifyArchive,
  isJavaArchive,
  readArchiveFacts,
} from "#lib/formats/jar/index.ts";
import { genericPurl, mavenPurl } from "#lib/formats/purl/index.ts";
import { Evidence } from "#lib/model/component.ts";
import { cutText } from "#lib/model/cut-text.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { RootReason } from "#lib/model/root-reason.ts";
import type { Discovery } from "./discovery.ts";
import type { JavaArchive, JavaPart } from "./java-archive.ts";
import { JavaClassPaths } from "./java-class-paths.ts";
import { addJavaDependencies } from "./java-dependencies.ts";

/** UTF-16 units of a path inside an archive, in an edge. */
const MAX_SHOWN_PATH = 300;

/**
 * Detects Java archives: each file is a component, and so is each archive in it and each package whose classes it contains (a shaded
 * copy, known by its pom.properties). The file has all bytes; what is in it has none of its own, and is held by it. An archive that
 * belongs to a distribution package, or to a Java runtime, is a part of that with all that it contains.
 */
export function detectJava(discovery: Discovery): JavaArchive[] {
  const archives = findArchives(discovery).map(({ node, facts }) => addArchive(discovery, node, facts));
  const classPaths = new JavaClassPaths(discovery, archives);
  for (const archive of archives) if (!archive.isShipped) classPaths.addEdges(archive);
  addJavaDependencies(discovery, archives);
  return archives;
}

/** In path order, because the order in which directories were listed is arbitrary. */
function findArchives({ index, tree }: Discovery): { node: FileNode; facts: ArchiveFacts[] }[] {
  const found: { node: FileNode; facts: ArchiveFacts[] }[] = [];
  for (const node of index.documents) {
    if (!isJavaArchive(node.name)) continue;
    const document = tree.document(node);
    const facts = document === undefined ? undefined : readArchiveFacts(document);
    if (facts?.[0] !== undefined) found.push({ node, facts });
  }
  return found.sort((a, b) => (a.node.path < b.node.path ? -1 : 1));
}

function addArchive(discovery: Discovery, node: FileNode, facts: readonly ArchiveFacts[]): JavaArchive {
  const owner = discovery.owners.ownerOf(node);
  if (owner >= 0)
    return { node, index: owner, isShipped: true, parts: facts.map((each) => toShipped(each, node, owner)) };
  const indexes = new Map<string, number>();
  const parts = facts.map((archive) => addPart(discovery, node, archive, indexes));
  const index = indexes.get("")!;
  discovery.owners.claim(node, index);
  return { node, index, isShipped: false, parts };
}

/** Whatever is in it is the distribution package. */
function toShipped(facts: ArchiveFacts, node: FileNode, owner: number): JavaPart {
  const { shaded, ...own } = identifyArchive(facts, node.name);
  return { path: facts.path, facts, names: new Map([own, ...shaded].map((each) => [nameOf(each), owner])) };
}

/** The archive, and the packages whose classes are in it. */
function addPart(discovery: Discovery, node: FileNode, facts: ArchiveFacts, indexes: Map<string, number>): JavaPart {
  const identity = identifyArchive(facts, node.name);
  const path = joinInside(node.path, facts.path);
  const index = addComponent(discovery, identity, path);
  const names = new Map([[nameOf(identity), index]]);
  indexes.set(facts.path, index);
  const outer = facts.path === "" ? undefined : indexes.get(outerPathOf(facts.path));
  if (outer !== undefined) addHeld(discovery, outer, index, `${innerNameOf(facts.path)}${saysSource(identity)}`);
  for (const shaded of identity.shaded) {
    const place = `META-INF/maven/${shaded.groupId}/${shaded.artifactId}`;
    const copy = addComponent(discovery, shaded, joinInside(path, place));
    names.set(nameOf(shaded), copy);
    addHeld(discovery, index, copy, `${place}/pom.properties`);
  }
  return { path: facts.path, facts, names };
}

function nameOf({ groupId, artifactId }: Coordinates): string {
  return `${groupId}:${artifactId}`;
}

function addHeld(discovery: Discovery, from: number, to: number, what: string): void {
  discovery.addEdge(from, to, `holds ${cutText(what, MAX_SHOWN_PATH)}`, Evidence.observed);
}

function saysSource({ source }: ArchiveIdentity): string {
  return source === "pom.properties" ? "" : ` (named by its ${source})`;
}

/** Without a group Maven has no name for it. */
function addComponent(discovery: Discovery, { groupId, artifactId, version }: Coordinates, path: string): number {
  const name = groupId === "" ? artifactId : `${groupId}/${artifactId}`;
  const identity = groupId === "" ? genericPurl(artifactId, version) : mavenPurl(groupId, artifactId, version);
  return discovery.addComponent({ kind: "maven", name, version, identity, instancePath: path });
}

function joinInside(outer: string, inner: string): string {
  return inner === "" ? outer : `${outer}!/${inner}`;
}

/** `a.war!/WEB-INF/lib/b.jar` is in `a.war`, and that in "". */
function outerPathOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("!/"), 0));
}

function innerNameOf(path: string): string {
  const inside = path.lastIndexOf("!/");
  return inside < 0 ? path : path.slice(inside + 2);
}

/** What a program of the image reads or starts is not recorded: archives without referrers are roots. */
export function addUnreferredJava(discovery: Discovery, archives: readonly JavaArchive[], referred: Uint8Array): void {
  for (const { index, isShipped } of archives)
    if (!isShipped && referred[index] === 0) discovery.addRoot(index, RootReason.unreferred);
}
