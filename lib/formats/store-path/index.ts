export { parseStorePath, storePathName } from "./parse-store-path.ts";
