import type { NeedNode, UnaskedRow, UndeclaredRow, UnmetRow, UnusedRow } from "#lib/model/needs-answer.ts";
import { type Columns, column, measureColumn } from "../table.ts";

/** The component whose need, statement or bytes a row is about. */
interface Row {
  readonly component: NeedNode | null;
}

const COMPONENT = {
  component: column<Row>("Component", "text", ({ component }) => component?.name ?? null),
  kind: column<Row>("Kind", "text", ({ component }) => component?.kind ?? null),
  version: column<Row>("Version", "digest", ({ component }) => component?.version ?? null),
} satisfies Columns<Row>;
const ID = { id: column<Row>("Id", "path", ({ component }) => component?.id ?? null) };
const OTHER_ID = column<UndeclaredRow | UnusedRow>("Other id", "path", ({ other }) => other.id);

export const UNMET_COLUMNS = {
  ...COMPONENT,
  need: column<UnmetRow>("Needs", "path", ({ need }) => need),
  path: column<UnmetRow>("Stated by", "path", ({ path }) => path, {
    shown: ({ path }) => (path === "" ? null : `/${path}`),
  }),
  message: column<UnmetRow>("Message", "text", ({ message }) => message),
  ...ID,
} satisfies Columns<UnmetRow>;

export const UNDECLARED_COLUMNS = {
  ...COMPONENT,
  other: column<UndeclaredRow>("Links", "text", ({ other }) => other.name),
  detail: column<UndeclaredRow>("In the file", "path", ({ detail }) => detail),
  through: column<UndeclaredRow>("Declared through", "text", ({ through }) => through?.name ?? null),
  ...ID,
  otherId: OTHER_ID,
} satisfies Columns<UndeclaredRow>;

export const UNUSED_COLUMNS = {
  ...COMPONENT,
  other: column<UnusedRow>("Declares", "text", ({ other }) => other.name),
  detail: column<UnusedRow>("Statement", "path", ({ detail }) => detail),
  libraries: column<UnusedRow>("Libraries", "count", ({ libraries }) => libraries),
  programs: column<UnusedRow>("Programs", "count", ({ programs }) => programs),
  retainedSize: measureColumn("retainedSize"),
  ...ID,
  otherId: OTHER_ID,
} satisfies Columns<UnusedRow>;

export const UNASKED_COLUMNS = {
  ...COMPONENT,
  selfSize: measureColumn("selfSize"),
  retainedSize: measureColumn("retainedSize"),
  isTop: column<UnaskedRow>("Referred to", "text", ({ isTop }) => !isTop, {
    shown: ({ isTop }) => (isTop ? "by nothing" : "yes"),
  }),
  ...ID,
} satisfies Columns<UnaskedRow>;
