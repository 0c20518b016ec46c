import { adviceTitle } from "#lib/display/advice-words.ts";
import type { AdviceItem } from "#lib/model/advice.ts";
import { type Columns, column } from "../table.ts";

export const ADVICE_COLUMNS = {
  class: column("Class", "text", (item) => item.class),
  title: column("What", "text", (item) => adviceTitle(item.class)),
  bytes: column("Frees", "bytes", ({ bytes }) => bytes, { measure: "freedBytes" }),
  ownBytes: column("Counted here", "bytes", ({ ownBytes }) => ownBytes, { measure: "ownBytes" }),
  count: column("Count", "count", ({ count }) => count),
  layer: column("Layer", "count", ({ layers }) => layers[0]?.layer ?? null),
  estimated: column("Estimated", "text", ({ estimated }) => estimated),
} satisfies Columns<AdviceItem>;
