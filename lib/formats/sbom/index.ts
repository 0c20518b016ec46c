export { MAX_SBOM_BYTES, parseSbom } from "./parse-sbom.ts";
