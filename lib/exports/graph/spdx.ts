import { toJsonLine } from "#lib/display/visible-text.ts";
import type { ExportAnswer } from "#lib/model/graph-export.ts";
import { createdTimeOrNone, documentUuid, type ExportEdge, type ExportView, TOOL } from "./export-view.ts";
import { jsonObject } from "./json-lines.ts";

const DOCUMENT = "SPDXRef-DOCUMENT";
const ARTIFACT = "SPDXRef-Artifact";
const CREATOR = `Tool: ${TOOL.name}-${TOOL.version}`;
/** SPDX 2.3, 3.2: the characters of an id. */
const NOT_IN_IDS = /[^a-zA-Z0-9.-]+/g;
/** Characters of a name in an id: the number before it is what makes it unique. */
const MAX_ID_NAME = 48;
/** What SBOMs of either format call containment. Other relations are dependencies. */
const CONTAINS = new Set(["CONTAINS", "contains", "components"]);

/**
 * An SPDX document. It describes the artifact, which contains the roots, or the only root of a store or an SBOM. A relationship's
 * comment says how it is known, unless that is the usual (the creation comment says what is). What SPDX has no field for is in an
 * annotation of the package, as JSON.
 */
export function toSpdx(view: ExportView, specVersion: string): Generator<string> {
  const { answer } = view;
  const created = createdTimeOrNone(answer);
  const comment = `Relationships without a comment are ${view.usualEvidence}. Sizes are in annotations, in bytes.`;
  return jsonObject([
    ["spdxVersion", `SPDX-${specVersion}`],
    ["dataLicense", "CC0-1.0"],
    ["SPDXID", DOCUMENT],
    ["name", answer.artifact.name || answer.artifact.digest],
    ["documentNamespace", `https://spdx.org/spdxdocs/stratigraph-${documentUuid(answer, `spdx ${specVersion}`)}`],
    ["creationInfo", { created, creators: [CREATOR], comment }],
    ["packages", listPackages(view, created)],
    ["relationships", listRelationships(view)],
  ]);
}

function* listPackages(view: ExportView, created: string) {
  if (view.subject === undefined) yield toArtifact(view.answer, created);
  for (const node of view.answer.nodes.keys()) yield toPackage(view, node, created);
}

function toArtifact({ artifact: { kind, digest, name, platform } }: ExportAnswer, created: string) {
  const checksumValue = digest.slice("sha256:".length);
  return {
    SPDXID: ARTIFACT,
    name: name || digest,
    downloadLocation: "NOASSERTION",
    filesAnalyzed: false,
    ...(kind === "image"
      ? { primaryPackagePurpose: "CONTAINER", checksums: [{ algorithm: "SHA256", checksumValue }] }
      : {}),
    ...toAnnotations({ role: "artifact", digest, ...(platform === "" ? {} : { platform }) }, created),
  };
}

function toPackage(view: ExportView, node: number, created: string) {
  const { id, name, version } = view.answer.nodes[node]!;
  const purl = view.purlOf(node);
  return {
    SPDXID: toSpdxId(view, node),
    name: name || id,
    ...(version === "" ? {} : { versionInfo: version }),
    downloadLocation: "NOASSERTION",
    filesAnalyzed: false,
    ...(purl === undefined
      ? {}
      : {
          externalRefs: [{ referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: purl }],
        }),
    ...toAnnotations(view.factsOf(node), created),
  };
}

function toAnnotations(facts: Readonly<Record<string, unknown>>, annotationDate: string) {
  if (Object.keys(facts).length === 0) return {};
  const comment = toJsonLine(facts);
  return { annotations: [{ annotationDate, annotationType: "OTHER", annotator: CREATOR, comment }] };
}

function toSpdxId({ answer }: ExportView, node: number): string {
  const name = answer.nodes[node]!.name.slice(0, MAX_ID_NAME).replace(NOT_IN_IDS, "-");
  return `SPDXRef-${node}-${name}`;
}

function* listRelationships(view: ExportView) {
  const { subject, answer } = view;
  const described = subject === undefined ? ARTIFACT : toSpdxId(view, subject);
  yield toRelationship(DOCUMENT, "DESCRIBES", described);
  if (subject === undefined) {
    for (const root of view.roots) yield toRelationship(ARTIFACT, "CONTAINS", toSpdxId(view, root));
  }
  const isComplete = answer.artifact.kind === "closure" && answer.artifact.isWhole;
  for (const node of answer.nodes.keys()) {
    const id = toSpdxId(view, node);
    const edges = view.edgesOf(node);
    for (const edge of edges) yield* listStated(view, id, edge);
    // SPDX 2.3, 11.1: known to depend on nothing.
    if (edges.length === 0 && isComplete) yield toRelationship(id, "DEPENDS_ON", "NONE");
  }
}

/** One relationship of each type that an edge has. */
function* listStated(view: ExportView, from: string, { to, statements }: ExportEdge) {
  const byType = Map.groupBy(statements, ({ detail }) => (CONTAINS.has(detail) ? "CONTAINS" : "DEPENDS_ON"));
  for (const [type, stated] of byType) {
    const isPlain = type === "CONTAINS" || stated.every((statement) => view.isUsual(statement));
    const words = stated.map(({ evidence, detail }) => (detail === "" ? evidence : `${evidence}: ${detail}`));
    yield toRelationship(from, type, toSpdxId(view, to), isPlain ? "" : words.join("; "));
  }
}

function toRelationship(spdxElementId: string, relationshipType: string, relatedSpdxElement: string, comment = "") {
  return { spdxElementId, relationshipType, relatedSpdxElement, ...(comment === "" ? {} : { comment }) };
}
