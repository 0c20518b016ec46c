export { isCycloneDx, readCycloneDx } from "./read-cyclonedx.ts";
