import { isObject } from "../json/index.ts";
import { textOf } from "./json-values.ts";

/** What this product's own exports say of a component beyond the fields of the format. */
export interface OwnFacts {
  /** The id of its node, where its purl does not give it; else "". */
  readonly id: string;
  /** It is the artifact itself, which contains the roots and is no node. */
  readonly isArtifact: boolean;
}

const NOTHING: OwnFacts = { id: "", isArtifact: false };
/** As in lib/exports/graph, which writes them. */
const PROPERTY_PREFIX = "stratigraph:";
const ANNOTATOR = /^Tool: stratigraph-/;
/** Characters of an annotation. An id of MAX_SBOM_TEXT and a few numbers have no more, and it is JSON inside JSON: not counted before. */
const MAX_ANNOTATION_LENGTH = 32_768;

/** Of a component of CycloneDX: `properties`, each with a name and a value. */
export function readOwnProperties(properties: unknown): OwnFacts {
  if (!Array.isArray(properties)) return NOTHING;
  const stated = (name: string): unknown =>
    properties.find((property) => isObject(property) && property.name === `${PROPERTY_PREFIX}${name}`)?.value;
  return toFacts(stated("id"), stated("role"));
}

/** Of a package of SPDX: an annotation whose comment is an object in JSON. */
export function readOwnAnnotation(annotations: unknown): OwnFacts {
  if (!Array.isArray(annotations)) return NOTHING;
  const own = annotations.find((each) => isObject(each) && ANNOTATOR.test(textOf(each.annotator)));
  const facts = own === undefined ? undefined : parseComment(textOf(own.comment));
  return isObject(facts) ? toFacts(facts.id, facts.role) : NOTHING;
}

/** A comment of another shape says nothing. */
function parseComment(comment: string): unknown {
  if (comment.length > MAX_ANNOTATION_LENGTH) return undefined;
  try {
    return JSON.parse(comment);
  } catch {
    return undefined;
  }
}

function toFacts(id: unknown, role: unknown): OwnFacts {
  return { id: textOf(id), isArtifact: role === "artifact" };
}
