import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { type FuzzTarget, seedBytes } from "./fuzz-target.ts";

const FOLDER = join(import.meta.dirname, "corpus");

/** Maximum bytes of a target's file in the tree: what reaches most of its code, not every interesting input. */
export const MAX_CORPUS_BYTES = 16 * 1024;

/** An input as one line of text: deflated, because many are zeros or words, then base 64. */
export function toLine(input: Uint8Array): string {
  return deflateRawSync(input, { level: 9 }).toString("base64");
}

/** Every stored input of a target: its seeds, its corpus, and earlier findings. */
export function keptInputs(target: FuzzTarget): Uint8Array[] {
  return [...seedBytes(target), ...readLines(`${target.name}.found`), ...readLines(target.name)];
}

/** Replaces the target's corpus. Findings are in a separate file (`NAME.found.txt`), written by hand. */
export function writeCorpus(name: string, lines: readonly string[]): void {
  writeFileSync(pathOf(name), lines.map((line) => `${line}\n`).join(""));
}

/** Bytes of the target's corpus in the tree. */
export function corpusBytes(name: string): number {
  return existsSync(pathOf(name)) ? statSync(pathOf(name)).size : 0;
}

/** The names of all corpus files, without their endings. */
export function listCorpora(): string[] {
  return readdirSync(FOLDER).map((file) => file.replace(/(?:\.found)?\.txt$/, ""));
}

/** Writes the inputs to a folder, one file each, as the engine expects. */
export function spreadInputs(inputs: readonly Uint8Array[], folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [i, input] of inputs.entries()) writeFileSync(join(folder, `${i}`), input);
}

/** The inputs that the engine has added to a folder. */
export function gatherInputs(folder: string): Uint8Array[] {
  return readdirSync(folder).map((file) => readFileSync(join(folder, file)));
}

function readLines(name: string): Uint8Array[] {
  if (!existsSync(pathOf(name))) return [];
  const lines = readFileSync(pathOf(name), "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => inflateRawSync(Buffer.from(line, "base64")));
}

function pathOf(name: string): string {
  return join(FOLDER, `${name}.txt`);
}
