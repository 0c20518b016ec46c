export { Chunker } from "./chunker.ts";
