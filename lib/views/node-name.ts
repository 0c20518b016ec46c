import type { NodeName } from "#lib/answers/why.ts";

/** What an address calls a node: its index, or what CLI.md calls NODE. */
export function toNodeName<Text extends string | undefined>(text: Text): NodeName | Extract<Text, undefined>;
export function toNodeName(text: string | undefined): NodeName | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : text;
}
