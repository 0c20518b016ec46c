import { Ajv } from "ajv";

const TEXT = { type: "string", minLength: 1 };
const ID = { type: "string", pattern: "^SPDXRef-[a-zA-Z0-9.-]+$" };
const TIME = {
  type: "string",
  pattern: "^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\dZ$",
};
const CREATOR = { type: "string", pattern: "^(?:Tool: \\S|Person: |Organization: )" };

function object(properties: object, required: readonly string[]) {
  return { type: "object", properties, required, additionalProperties: false };
}

const CHECKSUM = object(
  { algorithm: { const: "SHA256" }, checksumValue: { type: "string", pattern: "^[0-9a-f]{64}$" } },
  ["algorithm", "checksumValue"],
);
const ANNOTATION = object(
  { annotationDate: TIME, annotationType: { enum: ["OTHER", "REVIEW"] }, annotator: CREATOR, comment: TEXT },
  ["annotationDate", "annotationType", "annotator", "comment"],
);
const EXTERNAL_REF = object(
  {
    referenceCategory: { enum: ["OTHER", "PERSISTENT-ID", "SECURITY", "PACKAGE-MANAGER"] },
    referenceType: TEXT,
    referenceLocator: { type: "string", pattern: "^\\S+$" },
  },
  ["referenceCategory", "referenceType", "referenceLocator"],
);
const PACKAGE = object(
  {
    SPDXID: ID,
    name: TEXT,
    versionInfo: TEXT,
    downloadLocation: { enum: ["NONE", "NOASSERTION"] },
    filesAnalyzed: { const: false },
    primaryPackagePurpose: { enum: ["CONTAINER", "APPLICATION", "LIBRARY", "OTHER"] },
    checksums: { type: "array", items: CHECKSUM },
    externalRefs: { type: "array", items: EXTERNAL_REF },
    annotations: { type: "array", items: ANNOTATION },
  },
  ["SPDXID", "name", "downloadLocation"],
);
const RELATIONSHIP = object(
  {
    spdxElementId: ID,
    relationshipType: { enum: ["DESCRIBES", "CONTAINS", "DEPENDS_ON"] },
    relatedSpdxElement: { anyOf: [ID, { enum: ["NONE", "NOASSERTION"] }] },
    comment: TEXT,
  },
  ["spdxElementId", "relationshipType", "relatedSpdxElement"],
);

/**
 * The clauses of SPDX 2.3 about the fields that exports use (6, 7, 11 and 12). The specification's own JSON schema is in no package. It
 * was compared with these rules property by property (2.3.1): what they accept, it accepts, and it allows more, such as any text as a
 * name or a creator.
 */
const DOCUMENT = object(
  {
    spdxVersion: { const: "SPDX-2.3" },
    dataLicense: { const: "CC0-1.0" },
    SPDXID: { const: "SPDXRef-DOCUMENT" },
    name: TEXT,
    documentNamespace: { type: "string", pattern: "^https://[^#\\s]+$" },
    creationInfo: object({ created: TIME, creators: { type: "array", minItems: 1, items: CREATOR }, comment: TEXT }, [
      "created",
      "creators",
    ]),
    packages: { type: "array", items: PACKAGE },
    relationships: { type: "array", items: RELATIONSHIP, minItems: 1 },
  },
  ["spdxVersion", "dataLicense", "SPDXID", "name", "documentNamespace", "creationInfo"],
);

const validate = new Ajv({ allErrors: true }).compile<{
  packages: { SPDXID: string }[];
  relationships: { spdxElementId: string; relatedSpdxElement: string }[];
}>(DOCUMENT);

/** What is wrong with an SPDX document, including repeated ids and relationships with what is not in it. */
export function listSpdxFaults(text: string): string[] {
  const document: unknown = JSON.parse(text);
  if (!validate(document)) return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  const ids = document.packages.map(({ SPDXID }) => SPDXID);
  const known = new Set(["SPDXRef-DOCUMENT", "NONE", ...ids]);
  const ends = document.relationships.flatMap((each) => [each.spdxElementId, each.relatedSpdxElement]);
  return [
    ...(new Set(ids).size < ids.length ? ["repeated ids"] : []),
    ...ends.filter((end) => !known.has(end)).map((end) => `${end} is not in the document`),
  ];
}
