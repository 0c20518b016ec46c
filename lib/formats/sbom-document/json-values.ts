import { isObject } from "../json/index.ts";
import type { DocumentBuilder } from "./document-builder.ts";

type JsonObject = Record<string, unknown>;

/** The text; "" for anything else. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The objects of a list, with their positions. A list that is none, and entries that are no objects, are faults. */
export function* objectsOf(builder: DocumentBuilder, value: unknown, what: string): Generator<[number, JsonObject]> {
  for (const [i, entry] of listOf(builder, value, what).entries()) {
    if (isObject(entry)) yield [i, entry];
    else builder.addFault(`${what}[${i}] is not an object`);
  }
}

/** The texts of a list, or the one text that is written without a list. Entries that are no texts are faults. */
export function* textsOf(builder: DocumentBuilder, value: unknown, what: string): Generator<string> {
  if (typeof value === "string") {
    yield value;
    return;
  }
  for (const [i, entry] of listOf(builder, value, what).entries()) {
    if (typeof entry === "string") yield entry;
    else builder.addFault(`${what}[${i}] is not a string`);
  }
}

/** The list; empty, and a fault, for anything else but nothing. */
export function listOf(builder: DocumentBuilder, value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (value !== undefined && value !== null) builder.addFault(`${what} is not a list`);
  return [];
}
