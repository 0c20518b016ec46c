export { parseDrvName, parseStorePath, type StorePath, storePathName } from "./parse-store-path.ts";
