import type { AttachmentKind } from "#lib/model/attached.ts";
import { isObject, type JsonLimits, parseBoundedJson } from "../json/index.ts";

/** An in-toto statement (attestation spec v1, "Statement"): a predicate about subjects. */
export interface Statement {
  readonly predicateType: string;
  readonly predicate: unknown;
}

/** Envelopes inside each other: a Sigstore bundle has a DSSE envelope, which has a statement. */
const MAX_ENVELOPES = 3;

/**
 * The statement in a document: itself, or the payload of a DSSE envelope, or that of a Sigstore bundle. `undefined` if there is none.
 * Signatures are not verified. `limits` apply to each payload. Throws InputError for a payload that is not JSON, or too large.
 */
export function toStatement(json: unknown, place: string, limits: JsonLimits = {}): Statement | undefined {
  let inner = json;
  for (let depth = 0; depth < MAX_ENVELOPES && isObject(inner); depth++) {
    const { predicateType, predicate, dsseEnvelope, payload, payloadType } = inner;
    if (typeof predicateType === "string") return { predicateType, predicate };
    if (dsseEnvelope !== undefined) inner = dsseEnvelope;
    else if (typeof payload === "string" && typeof payloadType === "string")
      inner = parseBoundedJson(Buffer.from(payload, "base64"), place, limits);
    else return undefined;
  }
  return undefined;
}

const PROVENANCE = /^https:\/\/slsa\.dev\/provenance\/v/;
const SBOM = /^https:\/\/(spdx\.dev\/Document|cyclonedx\.org\/)|^(application|text)\/(spdx|vnd\.cyclonedx)\+/;

/** What a predicate type, or a media type, stands for; `undefined` for what is not read, such as signatures. */
export function attachmentKind(type: string): AttachmentKind | undefined {
  if (PROVENANCE.test(type)) return "provenance";
  return SBOM.test(type) ? "sbom" : undefined;
}
