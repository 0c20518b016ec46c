export { parseChiselManifest, unpackChiselManifest } from "./manifest.ts";
