import { createHash } from "node:crypto";
import { Evidence } from "#lib/model/component.ts";
import type { ExportAnswer } from "#lib/model/graph-export.ts";
import type { EvidenceName } from "#lib/model/overview.ts";
import { PRODUCT_VERSION } from "#lib/model/product-version.ts";

/** One statement of an edge: how it is known, and the evidence in one line, "" if there is none. */
export interface Statement {
  readonly evidence: EvidenceName;
  readonly detail: string;
}

/** An edge with everything that states it. */
export interface ExportEdge {
  readonly to: number;
  readonly statements: readonly Statement[];
}

/** The tool that exported files name. */
export const TOOL = { name: "stratigraph", version: PRODUCT_VERSION };

/** The created time of what has none: a fixed one, so that every run writes the same bytes. */
const NO_TIME = "1970-01-01T00:00:00Z";
const EVIDENCE_NAMES = Object.keys(Evidence) as EvidenceName[];
const PURL = "pkg:";

/** An answer as writers read it: one node after the other. */
export class ExportView {
  readonly answer: ExportAnswer;
  readonly roots: readonly number[];
  /** The node that a document is about; `undefined` if that is the artifact, which is no node. */
  readonly subject: number | undefined;
  /** The row of `edges` after the last node's. Nodes are read in their order. */
  readonly #first: Int32Array;

  constructor(answer: ExportAnswer) {
    this.answer = answer;
    this.roots = [...answer.nodes.keys()].filter((node) => answer.nodes[node]!.root);
    this.subject = findSubject(answer, this.roots);
    this.#first = firstRows(answer);
  }

  /** The edges of a node, by ascending target. */
  edgesOf(node: number): ExportEdge[] {
    const { from, to, evidence, detail, details } = this.answer.edges;
    const found: { to: number; statements: Statement[] }[] = [];
    for (let row = this.#first[node]!; row < from.length && from[row] === node; row++) {
      const statement = { evidence: EVIDENCE_NAMES[evidence[row]!]!, detail: details[detail[row]!] ?? "" };
      const last = found.at(-1);
      if (last?.to === to[row]) last!.statements.push(statement);
      else found.push({ to: to[row]!, statements: [statement] });
    }
    return found;
  }

  /** What is known of an edge unless a file says otherwise. */
  get usualEvidence(): EvidenceName {
    return this.answer.artifact.kind === "closure" ? "observed" : "declared";
  }

  isUsual({ evidence, detail }: Statement): boolean {
    return detail === "" && evidence === this.usualEvidence;
  }

  /** The identity of a node if it is a purl. */
  purlOf(node: number): string | undefined {
    const identity = this.#identityOf(node);
    return identity.startsWith(PURL) ? identity : undefined;
  }

  /** The id of a node that its purl does not give: store paths, files of no package, one of several instances. */
  ownIdOf(node: number): string | undefined {
    const { id } = this.answer.nodes[node]!;
    return this.purlOf(node) === id ? undefined : id;
  }

  #identityOf(node: number): string {
    const { id } = this.answer.nodes[node]!;
    const path = this.answer.instancePaths[node]!;
    return path === "" ? id : id.slice(0, -path.length - 1);
  }

  /** Bytes; nothing for an SBOM, which states none. */
  sizesOf(node: number): Readonly<Record<string, number>> {
    if (this.answer.unit !== "bytes") return {};
    const { selfSize, closureSize, retainedSize } = this.answer.nodes[node]!;
    return { selfSize, closureSize, retainedSize };
  }

  /** Facts of a node by name, for what a format has no field for. */
  factsOf(node: number): Readonly<Record<string, string | number | boolean>> {
    const { root, rootReason = "unknown", live } = this.answer.nodes[node]!;
    const id = this.ownIdOf(node);
    const narHash = this.answer.narHashes[node]!;
    return {
      ...(id === undefined ? {} : { id }),
      ...this.sizesOf(node),
      ...(root ? { root: rootReason } : {}),
      ...(live ? {} : { live }),
      ...(narHash === "" ? {} : { narHash }),
    };
  }
}

/**
 * The only root of a store or an SBOM is what its document is about. An image is none of its packages, and neither is a store with
 * several roots.
 */
function findSubject({ artifact, nodes }: ExportAnswer, roots: readonly number[]): number | undefined {
  if (artifact.kind === "image") return undefined;
  const stated = roots.filter((node) => nodes[node]!.rootReason === "subject");
  const candidates = artifact.kind === "sbom" ? stated : roots;
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** For each node, its first row of the edges, which are sorted by node. */
function firstRows({ nodes, edges: { from } }: ExportAnswer): Int32Array {
  const first = new Int32Array(nodes.length).fill(from.length);
  for (let row = from.length - 1; row >= 0; row--) first[from[row]!] = row;
  return first;
}

/** When an image was created, to the second, in UTC; `undefined` if its config has no such time. */
export function createdTime({ artifact: { createdAt } }: ExportAnswer): string | undefined {
  const time = new Date(createdAt);
  if (Number.isNaN(time.getTime())) return undefined;
  const text = `${time.toISOString().slice(0, 19)}Z`;
  return /^\d{4}-/.test(text) ? text : undefined;
}

/** The same for a format that demands a time. */
export function createdTimeOrNone(answer: ExportAnswer): string {
  return createdTime(answer) ?? NO_TIME;
}

/** A UUID (RFC 9562, version 8) of a document: the same for the same artifact, name, format and version of this product. */
export function documentUuid({ artifact }: ExportAnswer, format: string): string {
  const about = [format, PRODUCT_VERSION, artifact.digest, artifact.name].join("\n");
  const bytes = createHash("sha256").update(about).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
