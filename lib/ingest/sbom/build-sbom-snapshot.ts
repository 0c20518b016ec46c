import { canonicalPurl, genericPurl } from "#lib/formats/purl/index.ts";
import { parseStorePath } from "#lib/formats/store-path/index.ts";
import { type Component, type ComponentKind, componentId, Evidence, STATED_HASH } from "#lib/model/component.ts";
import type { Digest } from "#lib/model/digest.ts";
import { type Fault, FaultList, quote } from "#lib/model/fault.ts";
import { RootReason } from "#lib/model/root-reason.ts";
import type { SbomComponent, SbomDocument } from "#lib/model/sbom.ts";
import type { GraphSnapshot, SbomSnapshot } from "#lib/model/snapshot.ts";

/** What is read, and what it is called. */
export interface NamedSbom {
  readonly name: string;
  /** As the user wrote it: `sbom:app.cdx.json`. */
  readonly source: string;
  readonly digest: Digest;
  readonly document: SbomDocument;
  /** Nodes from which all are reached: those without referrers, and cycles without any. A parameter because that is a question about graphs, which ingest may not import. */
  readonly findTops: (edges: { nodeCount: number; from: Int32Array; to: Int32Array }) => Int32Array;
}

/** The relation of a made root to the components that nothing else in the document leads to. */
const LISTED = "listed in the document";

/**
 * An SBOM as a snapshot. Component i of the document is node i. A document that describes none of them gets one more node, the
 * document itself, which leads to all others.
 */
export function buildSbomSnapshot({ name, source, digest, document, findTops }: NamedSbom): SbomSnapshot {
  const { format, specVersion, name: documentName, fileCount, faults } = document;
  const purls = new FaultList();
  const components = toComponents(document.components, purls);
  const graph =
    document.roots.length > 0
      ? toGraph(components, document)
      : toRootedGraph(components, document, { identity: `document:${digest}`, findTops });
  const problems = [...faults, ...purls.found].map((fault) => toProblem(fault, source));
  return { kind: "sbom", name, source, digest, format, specVersion, documentName, fileCount, graph, problems };
}

function toProblem({ code, message }: Fault, source: string) {
  return { code, severity: "warning" as const, source, path: "", message };
}

/** Several components of one identity are instances of it, told apart by their references in the document. */
function toComponents(listed: readonly SbomComponent[], faults: FaultList): Component[] {
  const seen = new Set<string>();
  return listed.map((one, i) => {
    const known = toKnown(one, faults);
    const candidates = [toStatedPath(one, known), "", one.ref].map((instancePath) => ({ ...known, instancePath }));
    const component = candidates.find((each) => !seen.has(componentId(each))) ?? { ...known, instancePath: `${i}` };
    seen.add(componentId(component));
    return component;
  });
}

/** The path of an instance, from the id that its node had when this product wrote the document. */
function toStatedPath({ id }: SbomComponent, { identity }: Pick<Component, "identity">): string {
  return id.startsWith(`${identity}#`) ? id.slice(identity.length + 1) : "";
}

function toKnown({ purl, name, version, id }: SbomComponent, faults: FaultList): Omit<Component, "instancePath"> {
  const canonical = purl === "" ? undefined : canonicalPurl(purl);
  if (canonical !== undefined) {
    // A purl of a type without known rules may leave out the group that the document gives, and that of a Go module is in lower case.
    const isSame = canonical.name.toLowerCase() === name.toLowerCase();
    const shown = canonical.kind === "other" || isSame ? name : canonical.name;
    return { ...canonical, name: shown, version: canonical.version || version };
  }
  const stated = purl === "" ? toStated({ id, name, version }) : undefined;
  if (stated !== undefined) return { ...stated, identity: id, narHash: STATED_HASH };
  if (purl !== "") faults.add(() => `${quote(purl)} of ${quote(name)} is not a valid purl`, "bad-sbom");
  return { identity: genericPurl(name, version), kind: "other", name, version };
}

/** Of nodes that have no purl: a store path, or a word and what it is of, such as `unowned:DIFFID`. */
const STATED_IDENTITY = /^([a-z][a-z-]*):./;

/** A store path names its item itself. */
function toStated({ id, name, version }: Pick<SbomComponent, "id" | "name" | "version">) {
  const path = parseStorePath(id);
  if (path !== undefined) return { kind: "store" as const, name: path.name, version: path.version };
  const word = STATED_IDENTITY.exec(id)?.[1];
  if (word === undefined || word === "pkg") return undefined;
  const kind: ComponentKind = word === "unowned" || word === "manager" ? word : "other";
  return { kind, name, version };
}

function toGraph(components: readonly Component[], { edges, roots }: SbomDocument): GraphSnapshot {
  const nodeCount = components.length;
  return {
    components,
    selfSize: new Float64Array(nodeCount).fill(1),
    edges: {
      from: edges.from,
      to: edges.to,
      evidence: new Uint8Array(edges.from.length).fill(Evidence.declared),
      detail: edges.relation,
      details: edges.relations,
    },
    roots,
    rootReasons: new Uint8Array(roots.length).fill(RootReason.subject),
    live: new Uint8Array(nodeCount).fill(1),
  };
}

/** With the document itself as the root and last node. */
function toRootedGraph(
  components: readonly Component[],
  document: SbomDocument,
  { identity, findTops }: Pick<NamedSbom, "findTops"> & { readonly identity: string },
): GraphSnapshot {
  const { edges, name } = document;
  const made = components.length;
  const tops = findTops({ nodeCount: made, from: edges.from, to: edges.to });
  const relations = [...edges.relations, LISTED];
  const root: Component = { kind: "other", name: name || "document", version: "", identity, instancePath: "" };
  return toGraph([...components, root], {
    ...document,
    edges: {
      from: append(edges.from, new Int32Array(tops.length).fill(made)),
      to: append(edges.to, tops),
      relation: append(edges.relation, new Int32Array(tops.length).fill(relations.length - 1)),
      relations,
    },
    roots: Int32Array.of(made),
  });
}

function append(first: Int32Array, rest: Int32Array): Int32Array {
  const all = new Int32Array(first.length + rest.length);
  all.set(first);
  all.set(rest, first.length);
  return all;
}
