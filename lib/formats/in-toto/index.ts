export { materialsOf } from "./materials.ts";
export { attachmentKind, toStatement } from "./statement.ts";
