export { buildSampleImages } from "./build-samples.ts";
