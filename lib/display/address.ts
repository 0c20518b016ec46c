import { type QueryValue, withQuery } from "./paths.ts";

/** A URL parameter: how it is read and written. */
interface Parameter<Value> {
  /** Its value, from everything given under its name. Invalid values are ignored. */
  readonly read: (given: readonly string[]) => Value;
  /** Default: `String(value)`. */
  readonly write?: (value: NonNullable<Value>) => string;
  /** For a limit: the next larger one, unless it is the largest. */
  readonly next?: (value: Value) => Value | undefined;
}

/** A query: of a URL, or as Next.js passes it to a page. */
type Query = URLSearchParams | Readonly<Record<string, string | readonly string[] | undefined>>;

/** The values that an address definition parses. */
export type ValuesOf<Definition extends { parse: (query: Query) => unknown }> = ReturnType<Definition["parse"]>;

/** The query of a page: its values, and URLs that differ from it. Values at their default are left out. */
export function defineAddress<Values extends Readonly<Record<string, QueryValue>>>(
  parameters: {
    readonly [Name in keyof Values]: Parameter<Values[Name]>;
  },
) {
  const names = Object.keys(parameters);
  const parse = (query: Query): Values => {
    const given = (name: string) =>
      query instanceof URLSearchParams ? query.getAll(name) : [query[name] ?? []].flat();
    return Object.fromEntries<unknown>(names.map((name) => [name, parameters[name]!.read(given(name))])) as Values;
  };
  const defaults = parse({});
  const written = (name: string, value: QueryValue) =>
    value === undefined || value === defaults[name] ? undefined : (parameters[name]!.write?.(value as never) ?? value);
  const format = (path: string, values: Partial<Values>): string =>
    withQuery(path, Object.fromEntries(names.map((name) => [name, written(name, values[name])])));
  /** The URL that shows more of a list; `undefined` if the list already has the maximum of a page. */
  const more = (path: string, values: Values, name: keyof Values, anchor = ""): string | undefined => {
    const next = parameters[name].next?.(values[name]);
    return next === undefined ? undefined : format(path, { ...values, [name]: next }) + anchor;
  };
  return { parse, format, more };
}

/** A parameter that is given once; given twice, it is ignored. `parse`: `undefined` for invalid values. */
function once<Value, Default = undefined>(
  parse: (text: string) => Value | undefined,
  fallback = undefined as Default,
): Parameter<Value | Default> {
  return {
    read: ([text, ...more]) => (text === undefined || more.length > 0 ? fallback : (parse(text) ?? fallback)),
  };
}

const MAX_TEXT_LENGTH = 200;

/** An integer between two others. */
function integer<Default = undefined>(min: number, max: number, fallback?: Default) {
  const isAllowed = (value: number) => Number.isInteger(value) && value >= min && value <= max;
  return once((text) => [Number(text)].find(isAllowed), fallback as Default);
}

/** One of some words. */
function oneOf<const Word extends string, Default extends Word | undefined = undefined>(
  words: readonly Word[],
  fallback?: Default,
) {
  return once((text) => words.find((word) => word === text), fallback as Default);
}

/** Several of some words, in their own order. */
function someOf<const Word extends string>(words: readonly Word[]): Parameter<readonly Word[]> {
  return { read: (given) => words.filter((word) => given.includes(word)) };
}

/** How many rows a list shows, by default and at most, and how many "Show more" adds. `max` keeps the page within 2 MB. */
function limit({ initial, step, max }: { initial: number; step: number; max: number }): Parameter<number> {
  const { read } = integer(1, Number.MAX_SAFE_INTEGER, initial);
  return {
    read: (given) => Math.min(read(given), max),
    next: (shown) => (shown >= max ? undefined : Math.min(max, shown + step)),
  };
}

/** Any number of values of this form, up to a maximum. */
function list(max = Number.POSITIVE_INFINITY, form = /^/): Parameter<readonly string[]> {
  return { read: (given) => given.filter((value) => form.test(value)).slice(0, max) };
}

/** Positions of an intersection's artifacts: `0.2.5`. */
const cell: Parameter<readonly number[] | undefined> = {
  read: once((text) => (/^\d{1,2}(\.\d{1,2}){0,31}$/.test(text) ? text.split(".").map(Number) : undefined)).read,
  write: (positions) => positions.join("."),
};

/** Names from one URL; the view decides how many of them make a set. */
export const MAX_NAMES = 64;

/** Names of artifacts: `in=a,b,c`. */
const names: Parameter<readonly string[]> = {
  read: (given) => parseNames(given).slice(0, MAX_NAMES),
  write: formatNames,
};

/** The kinds of parameters that pages have. */
export const parameter = {
  once,
  integer,
  oneOf,
  someOf,
  limit,
  list,
  cell,
  names,
  /** The text of a filter field. */
  text: once((text) => (text.length <= MAX_TEXT_LENGTH ? text : undefined), ""),
  direction: oneOf(["asc", "desc"]),
};

/** The names in `in=`, given once with commas or several times. */
export function parseNames(given: readonly string[]): string[] {
  const names = given.flatMap((value) => value.split(",")).map((name) => name.trim());
  const decoded = names.filter((name) => name !== "").map((name) => name.replaceAll("%2C", ",").replaceAll("%25", "%"));
  return [...new Set(decoded)];
}

/** Names as one value. A comma in a name would end it, so it is escaped here, and again with the whole URL. */
export function formatNames(names: readonly string[]): string {
  return names.map((name) => name.replaceAll("%", "%25").replaceAll(",", "%2C")).join(",");
}
