import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { type FuzzTarget, seedBytes } from "./fuzz-target.ts";

const FOLDER = join(import.meta.dirname, "corpus");

/** Bytes of a target's file in the tree: what reaches most of its code, not all that was ever interesting. */
export const MAX_CORPUS_BYTES = 16 * 1024;

/** An input as one line of text: deflated, since many are zeros or words, and base 64. */
export function toLine(input: Uint8Array): string {
  return deflateRawSync(input, { level: 9 }).toString("base64");
}

/** Every input that is kept of a target: its seeds, its corpus, and what once failed. */
export function keptInputs(target: FuzzTarget): Uint8Array[] {
  return [...seedBytes(target), ...readLines(`${target.name}.found`), ...readLines(target.name)];
}

/** Replaces the target's corpus. What once failed is a file of its own (`NAME.found.txt`), written by hand. */
export function writeCorpus(name: string, lines: readonly string[]): void {
  writeFileSync(pathOf(name), lines.map((line) => `${line}\n`).join(""));
}

/** Bytes of the target's corpus in the tree. */
export function corpusBytes(name: string): number {
  return existsSync(pathOf(name)) ? statSync(pathOf(name)).size : 0;
}

/** The names of all files of the corpus, without what they end with. */
export function listCorpora(): string[] {
  return readdirSync(FOLDER).map((file) => file.replace(/(?:\.found)?\.txt$/, ""));
}

/** Writes the inputs to a folder as the engine wants them: a file each. */
export function spreadInputs(inputs: readonly Uint8Array[], folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [i, input] of inputs.entries()) writeFileSync(join(folder, `${i}`), input);
}

/** What the engine has put into a folder. */
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
