import { labelText } from "#lib/display/shown-text.ts";
import type { FocusMiddle, FocusPartName, FocusRow } from "#lib/model/focus-answer.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import { formatAmount } from "./focus-words.ts";

/** What the card of a row says, as text. */
export interface Pointed {
  readonly name: string;
  readonly version: string;
  /** The evidence for the edge. */
  readonly lines: readonly string[];
  readonly figures: readonly (readonly [label: string, value: string])[];
}

/** The cards of all rows, by the key of the row. */
export function listPointed(middle: FocusMiddle, unit: MeasureUnit): Readonly<Record<string, Pointed>> {
  const parts: readonly (readonly [FocusPartName, readonly FocusRow[]])[] = [
    ["up", middle.up?.rows ?? []],
    ["own", middle.own?.rows ?? []],
    ["shared", middle.shared?.rows ?? []],
    ...(middle.listing === undefined ? [] : [[middle.listing.part, middle.listing.rows] as const]),
  ];
  return Object.fromEntries(
    parts.flatMap(([part, rows]) =>
      rows.map((row) => [`${part}-${row.node.nodeIndex}`, toPointed(row, { part, middle, unit })]),
    ),
  );
}

interface Seen {
  readonly part: FocusPartName;
  readonly middle: FocusMiddle;
  readonly unit: MeasureUnit;
}

function toPointed(row: FocusRow, seen: Seen): Pointed {
  const { node, family, cycle } = row;
  const size = (value: number) => formatAmount(value, seen.unit);
  const kept = family?.retainedSize ?? node.retainedSize;
  const counted = family === undefined ? [["needed by", `${node.referrerCount}`] as const] : [];
  const own = seen.unit === "bytes" ? [["itself", size(family?.selfSize ?? node.selfSize)] as const] : [];
  return {
    name: labelText(node.name, 120),
    version: family === undefined ? labelText(node.version, 60) : `×${family.count}`,
    lines: [...evidenceLines(row, seen), ...(cycle ? ["They need each other."] : [])],
    figures: [...own, [seen.unit === "bytes" ? "retained" : "keeps", size(kept)], ...counted],
  };
}

function evidenceLines({ node, evidence, details, depth, family }: FocusRow, { part, middle }: Seen): string[] {
  if (family !== undefined) return [`${family.count} nodes of this name: Enter lists them.`];
  if (evidence === undefined) return part === "own" ? ["Reached through what it keeps."] : ["Reached through others."];
  const by = part === "up" ? node.name : middle.node.name;
  const known = depth > 0 ? evidence : `${evidence} by ${labelText(by, 60)}`;
  if (details.length === 0) return [evidence === "observed" ? "observed" : known];
  return details.map((line) => `${labelText(line, 160)} (${known})`);
}
