import type { Account } from "#lib/formats/accounts/index.ts";
import type { Finding } from "#lib/model/rebase-answer.ts";
import type { RebaseSides } from "../sides.ts";
import { type MergedTables, pathOf, readTable } from "./account-tables.ts";
import { parseId } from "./ids.ts";

interface Range {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Ranges of subordinate numbers that overlap now, and did not before: two users' containers would share files. */
export function findOverlaps(sides: RebaseSides, tables: MergedTables): Finding[] {
  return (["subuid", "subgid"] as const).flatMap((file) => {
    const known = new Set(readTable(sides.before, file).map(({ text }) => text));
    const ranges = tables[file].merged.flatMap(toRange).sort((a, b) => a.start - b.start);
    return ranges.slice(1).flatMap((range, i): Finding[] => {
      const lower = ranges[i]!;
      if (range.start >= lower.end || (known.has(lower.text) && known.has(range.text))) return [];
      const evidence = `${lower.text} and ${range.text}`;
      const message = "Two ranges of subordinate numbers would overlap.";
      const layer = tables[file].written?.entries.ours.layer;
      return [{ kind: "id-collision", weight: "blocks", path: pathOf(file), layer, evidence, message }];
    });
  });
}

function toRange({ text, fields }: Account): Range[] {
  const start = parseId(fields[1] ?? "");
  const count = parseId(fields[2] ?? "");
  return start === undefined || count === undefined ? [] : [{ text, start, end: start + count }];
}
