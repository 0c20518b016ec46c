import type { MapSection } from "#lib/pictures/map/map-section.ts";

/** A row of the map's table. Keys: `s0` for a stratum, `12` for the node at position 12, `s0+` for the rest of a list. */
export interface TreeRow {
  readonly key: string;
  readonly type: "stratum" | "node" | "more";
  /** Index of the stratum, position of the node, or number of rows that are not listed. */
  readonly value: number;
  readonly level: number;
  /** `undefined`: it has no rows under it. */
  readonly open: boolean | undefined;
  /** Position in its list, from 1, and the length of the list. */
  readonly place: number;
  readonly of: number;
  /** Key of the row it is under, "" for none. */
  readonly parent: string;
}

/** Rows that a list has at first, and that "more" adds. */
export const PORTION = 50;

export interface TreeState {
  /** Keys of open rows. */
  readonly open: ReadonlySet<string>;
  /** Rows of a list, by the key of the row it is under; default: `PORTION`. */
  readonly shown: ReadonlyMap<string, number>;
}

/** The rows of the same tree that the map draws, as far as they are open: strata, in them trees, the largest first. */
export function listTreeRows(section: MapSection, state: TreeState): TreeRow[] {
  const rows: TreeRow[] = [];
  for (const [i, { first, end }] of section.strata.entries()) {
    const key = `s${i}`;
    const open = state.open.has(key);
    rows.push({ key, type: "stratum", value: i, level: 1, open, place: i + 1, of: section.strata.length, parent: "" });
    if (open) addList(section, state, { first, end, parent: key, level: 2 }, rows);
  }
  return rows;
}

interface List {
  readonly first: number;
  readonly end: number;
  readonly parent: string;
  readonly level: number;
}

// Without recursion: a chain of frames may be open to any depth.
function addList(section: MapSection, state: TreeState, list: List, rows: TreeRow[]): void {
  const waiting = [{ list, siblings: listSiblings(section, list.first, list.end), at: 0 }];
  for (let level = waiting.at(-1); level !== undefined; level = waiting.at(-1)) {
    const { parent, level: depth } = level.list;
    const of = level.siblings.length;
    const shown = Math.min(of, state.shown.get(parent) ?? PORTION);
    const position = level.siblings[level.at];
    if (level.at < shown && position !== undefined) {
      level.at++;
      const key = `${position}`;
      const frame = section.endOf[position]! - position > 1;
      const open = frame ? state.open.has(key) : undefined;
      rows.push({ key, type: "node", value: position, level: depth, open, place: level.at, of, parent });
      if (open !== true) continue;
      const inner = { first: position + 1, end: section.endOf[position]!, parent: key, level: depth + 1 };
      waiting.push({ list: inner, siblings: listSiblings(section, inner.first, inner.end), at: 0 });
      continue;
    }
    if (of > shown) {
      rows.push({
        key: `${parent}+`,
        type: "more",
        value: of - shown,
        level: depth,
        open: undefined,
        place: of,
        of,
        parent,
      });
    }
    waiting.pop();
  }
}

function listSiblings({ endOf, keptSize }: MapSection, first: number, end: number): number[] {
  const siblings: number[] = [];
  for (let at = first; at < end; at = endOf[at]!) siblings.push(at);
  return siblings.sort((a, b) => keptSize[b]! - keptSize[a]! || a - b);
}
