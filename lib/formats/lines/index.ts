export { eachLine, type Line } from "./lines.ts";
