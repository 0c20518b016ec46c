import type { NodeName } from "#lib/answers/why.ts";

/** A node in a URL: its index, or its NODE name on the command line. */
export function toNodeName<Text extends string | undefined>(text: Text): NodeName | Extract<Text, undefined>;
export function toNodeName(text: string | undefined): NodeName | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : text;
}
