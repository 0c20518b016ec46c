import { unownedTitle } from "#lib/display/unowned-words.ts";
import type { UnownedFiles } from "#lib/model/unowned-class.ts";
import { type Columns, column } from "../table.ts";

export const UNOWNED_COLUMNS = {
  class: column("What it is", "text", (files) => files.class, { shown: (files) => unownedTitle(files.class) }),
  bytes: column("Bytes", "bytes", ({ bytes }) => bytes),
  count: column("Files", "count", ({ count }) => count),
  largest: column("Largest", "path", ({ largest }) => `/${largest.path}`),
} satisfies Columns<UnownedFiles>;
