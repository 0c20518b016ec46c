export { type ChiselPackage, parseChiselManifest, unpackChiselManifest } from "./manifest.ts";
