export { isSpdx2, readSpdx2 } from "./read-spdx2.ts";
export { isSpdx3, readSpdx3 } from "./read-spdx3.ts";
