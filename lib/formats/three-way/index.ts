export { joinParagraphs, listFields, mergeFields, splitParagraphs } from "./paragraphs.ts";
export {
  type Conflict,
  type MergedRecords,
  mergeLines,
  mergeRecords,
  sortLike,
  type TextRecord,
  type ThreeSides,
} from "./three-way.ts";
