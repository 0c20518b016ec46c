import type { ExportAnswer } from "#lib/model/graph-export.ts";
import { createdTime, documentUuid, type ExportView, TOOL } from "./export-view.ts";
import { jsonObject } from "./json-lines.ts";

type Properties = Readonly<Record<string, string | number | boolean>>;

/** Our names of properties begin so (CycloneDX property taxonomy). */
const PREFIX = "stratigraph:";

/**
 * A CycloneDX document. Its subject is the artifact, which depends on the roots, or the only root of a store or an SBOM. CycloneDX has
 * no field for how a dependency is known: where that is not the usual (`stratigraph:evidence` of the metadata), the depending
 * component has a property `stratigraph:edge` for each statement.
 */
export function toCycloneDx(view: ExportView, specVersion: string): Generator<string> {
  const { answer } = view;
  return jsonObject([
    ["$schema", `http://cyclonedx.org/schema/bom-${specVersion}.schema.json`],
    ["bomFormat", "CycloneDX"],
    ["specVersion", specVersion],
    ["serialNumber", `urn:uuid:${documentUuid(answer, `cyclonedx ${specVersion}`)}`],
    ["version", 1],
    ["metadata", toMetadata(view)],
    ["components", listComponents(view)],
    ["dependencies", listDependencies(view)],
    ["compositions", listCompositions(view)],
  ]);
}

function toMetadata(view: ExportView) {
  const { answer, subject } = view;
  const { digest, platform } = answer.artifact;
  const timestamp = createdTime(answer);
  return {
    ...(timestamp === undefined ? {} : { timestamp }),
    tools: { components: [{ type: "application", ...TOOL }] },
    component: subject === undefined ? toArtifact(answer) : toComponent(view, subject),
    properties: toProperties({
      artifact: digest,
      ...(platform === "" ? {} : { platform }),
      evidence: view.usualEvidence,
    }),
  };
}

/** The artifact as a component, which the property `role` tells apart from the components of the graph. */
function toArtifact({ artifact: { kind, digest, name } }: ExportAnswer) {
  const content = digest.slice("sha256:".length);
  return {
    type: kind === "image" ? "container" : "application",
    "bom-ref": digest,
    name,
    ...(kind === "image" ? { hashes: [{ alg: "SHA-256", content }] } : {}),
    properties: toProperties({ role: "artifact" }),
  };
}

function* listComponents(view: ExportView) {
  for (const node of view.answer.nodes.keys()) if (node !== view.subject) yield toComponent(view, node);
}

function toComponent(view: ExportView, node: number) {
  const { id, kind, name, version } = view.answer.nodes[node]!;
  const purl = view.purlOf(node);
  const properties = [...toProperties(view.factsOf(node)), ...listEvidence(view, node)];
  return {
    type: toType(view, node),
    "bom-ref": id,
    ...splitGroup(kind, name || id),
    ...(version === "" ? {} : { version }),
    ...(purl === undefined ? {} : { purl }),
    ...(properties.length === 0 ? {} : { properties }),
  };
}

function toType({ answer, subject }: ExportView, node: number): string {
  if (node === subject) return "application";
  const { kind } = answer.nodes[node]!;
  return kind === "unowned" || kind === "manager" ? "data" : "library";
}

/** The scope of an npm package, the group of a Maven artifact and the path of a Go module are a field of their own. */
function splitGroup(kind: string, name: string): { group?: string; name: string } {
  const slash = kind === "npm" || kind === "maven" || kind === "golang" ? name.lastIndexOf("/") : -1;
  return slash > 0 && slash < name.length - 1 ? { group: name.slice(0, slash), name: name.slice(slash + 1) } : { name };
}

function toProperties(facts: Properties) {
  return Object.entries(facts).map(([name, value]) => ({ name: `${PREFIX}${name}`, value: `${value}` }));
}

function* listEvidence(view: ExportView, node: number) {
  const { nodes } = view.answer;
  for (const { to, statements } of view.edgesOf(node)) {
    if (statements.length === 1 && view.isUsual(statements[0]!)) continue;
    for (const { evidence, detail } of statements) {
      const about = { to: nodes[to]!.id, evidence, ...(detail === "" ? {} : { detail }) };
      yield { name: `${PREFIX}edge`, value: JSON.stringify(about) };
    }
  }
}

function* listDependencies(view: ExportView) {
  const { artifact, nodes } = view.answer;
  const idOf = (node: number) => nodes[node]!.id;
  if (view.subject === undefined) yield { ref: artifact.digest, dependsOn: view.roots.map(idOf) };
  for (const node of nodes.keys()) {
    const dependsOn = view.edgesOf(node).map(({ to }) => idOf(to));
    yield { ref: idOf(node), ...(dependsOn.length === 0 ? {} : { dependsOn }) };
  }
}

/**
 * What is known to be complete. A store finds references by scanning contents, so a closure's are complete. What a package declares
 * says nothing of what it does not declare, and nothing is known about files of no package.
 */
function* listCompositions({ answer, subject }: ExportView) {
  const { artifact, nodes } = answer;
  const whole = subject === undefined ? artifact.digest : nodes[subject]!.id;
  const ids = (isIncluded: (kind: string) => boolean) =>
    nodes.filter(({ kind }) => isIncluded(kind)).map(({ id }) => id);
  if (artifact.kind === "sbom") yield { aggregate: "unknown", assemblies: [whole], dependencies: ids(() => true) };
  else if (artifact.kind === "closure") {
    const aggregate = artifact.isWhole ? "complete" : "incomplete";
    yield { aggregate, assemblies: [whole], dependencies: ids(() => true) };
  } else {
    const isUnowned = (kind: string) => kind === "unowned";
    const aggregate = artifact.isWhole && !nodes.some(({ kind }) => isUnowned(kind)) ? "complete" : "incomplete";
    yield { aggregate, assemblies: [whole] };
    const packages = ids((kind) => !isUnowned(kind));
    if (packages.length > 0) yield { aggregate: "incomplete", dependencies: packages };
    const rest = ids(isUnowned);
    if (rest.length > 0) yield { aggregate: "unknown", dependencies: rest };
  }
}
