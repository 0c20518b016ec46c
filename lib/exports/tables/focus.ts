import type { FocusMember, FocusPartName } from "#lib/model/focus-answer.ts";
import { type Columns, column } from "../table.ts";
import { NODE_COLUMNS, SBOM_NODE_COLUMNS } from "./closure.ts";

const PART_WORDS: Readonly<Record<FocusPartName, string>> = {
  up: "needs it",
  own: "it alone keeps",
  shared: "others need it too",
};

const part = column<FocusMember>("Part", "text", (member) => PART_WORDS[member.part]);

/** The nodes around one node. */
export const FOCUS_COLUMNS = { part, ...NODE_COLUMNS } satisfies Columns<FocusMember>;
export const COUNTED_FOCUS_COLUMNS = { part, ...SBOM_NODE_COLUMNS } satisfies Columns<FocusMember>;
