import type { Discovery } from "./discovery.ts";
import type { JavaArchive, JavaPart } from "./java-archive.ts";

/** The components of Maven's names that one directory, or one archive, has: `GROUP:ARTIFACT`. The first of a name counts. */
type Names = Map<string, number>;

/**
 * Adds the edges that the pom.xml of an archive declares, to the package of that name which a class loader would find: in the archive
 * itself, beside it in the archive around it, and so on outwards, and at last in the same directory. Versions are not compared: a pom.xml
 * rarely has one, since its parents, which are elsewhere, decide. What is not there has been excluded or is never loaded: no problem.
 */
export function addJavaDependencies(discovery: Discovery, archives: readonly JavaArchive[]): void {
  const scopes = listScopes(archives);
  for (const archive of archives) {
    if (archive.isShipped) continue;
    for (const part of archive.parts) addEdges(discovery, archive, part, scopes);
  }
}

/** By the path of an archive what is directly in it; by that of a directory, with a slash behind it, the archives there. */
function listScopes(archives: readonly JavaArchive[]): ReadonlyMap<string, Names> {
  const scopes = new Map<string, Names>();
  const add = (scope: string, names: ReadonlyMap<string, number>) => {
    const known = scopes.get(scope) ?? new Map<string, number>();
    for (const [name, index] of names) if (!known.has(name)) known.set(name, index);
    scopes.set(scope, known);
  };
  for (const { node, parts } of archives) {
    for (const { path, names } of parts) {
      add(`${node.path}!/${path}`, names);
      add(path === "" ? directoryOf(node.path) : outerScope(node.path, path), names);
    }
  }
  return scopes;
}

function addEdges(
  discovery: Discovery,
  { node }: JavaArchive,
  { path, names, facts }: JavaPart,
  scopes: ReadonlyMap<string, Names>,
): void {
  const around = listAround(node.path, path).flatMap((scope) => scopes.get(scope) ?? []);
  for (const { from, groupId, artifactId } of discovery.takeDeclarations(facts.dependencies)) {
    const index = names.get(from);
    const name = `${groupId}:${artifactId}`;
    const scope = discovery.spendCandidate() ? around.find((each) => each.has(name)) : undefined;
    if (index !== undefined && scope !== undefined) discovery.addEdge(index, scope.get(name)!, `dependencies: ${name}`);
  }
}

/** The archive, those around it outwards, and the directory. */
function listAround(file: string, path: string): string[] {
  const around = [`${file}!/${path}`];
  for (let at = path; at !== ""; at = innerOf(at)) around.push(outerScope(file, at));
  return [...around, directoryOf(file)];
}

function outerScope(file: string, path: string): string {
  return `${file}!/${innerOf(path)}`;
}

/** `a.war!/WEB-INF/lib/b.jar` is in `a.war`, and that in "". */
function innerOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("!/"), 0));
}

function directoryOf(file: string): string {
  return file.slice(0, file.lastIndexOf("/") + 1) || "/";
}
