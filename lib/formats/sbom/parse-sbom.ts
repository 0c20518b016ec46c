import { InputError } from "#lib/model/problem.ts";
import type { SbomDocument } from "#lib/model/sbom.ts";
import { isCycloneDx, readCycloneDx } from "../cyclonedx/index.ts";
import { toStatement } from "../in-toto/index.ts";
import { isObject, parseBoundedJson } from "../json/index.ts";
import { isSpdx2, isSpdx3, readSpdx2, readSpdx3 } from "../spdx/index.ts";

/** Bytes of an SBOM: what a scan reads in 512 MiB. The largest that syft has written for a public image have some 30 MiB. */
export const MAX_SBOM_BYTES = 56 * 1024 ** 2;
const MAX_SBOM_VALUES = 1_600_000;

/** An SBOM in JSON: CycloneDX or SPDX, itself or as the predicate of an in-toto statement. Throws InputError naming `place`. */
export function parseSbom(bytes: Uint8Array, place: string): SbomDocument {
  const limits = { maxBytes: MAX_SBOM_BYTES, maxValues: MAX_SBOM_VALUES };
  const json = parseBoundedJson(bytes, place, limits);
  const document = unwrap(toStatement(json, place, limits)?.predicate ?? json);
  const read = isObject(document) ? readSbom(document, place) : undefined;
  if (read !== undefined) return read;
  throw new InputError("unsupported", place, "neither CycloneDX nor SPDX: no bomFormat, spdxVersion or SPDX 3 context");
}

/** GitHub's API answers with the document inside an object, and older versions of cosign state it so. */
function unwrap(json: unknown): unknown {
  if (!isObject(json)) return json;
  return [json.sbom, json.Data].find(isObject) ?? json;
}

/** `undefined` if it is not an SBOM. */
function readSbom(json: Record<string, unknown>, place: string): SbomDocument | undefined {
  if (isCycloneDx(json)) return readCycloneDx(json, place);
  if (isSpdx2(json)) return readSpdx2(json, place);
  return isSpdx3(json) ? readSpdx3(json, place) : undefined;
}
