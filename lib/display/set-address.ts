import { type QueryValue, withQuery } from "./paths.ts";

/** Addresses of the pages about several artifacts. Artifacts are named as a person would: by name, or by digest where a name is not enough. */

type Query = Readonly<Record<string, QueryValue>>;

export function diffPath(left: string, right: string, query: Query = {}): string {
  return withQuery("/compare", { a: left, b: right, ...query });
}

/** Both graphs of a difference as one drawing. */
export function compareGraphPath(left: string, right: string, query: Query = {}): string {
  return withQuery("/compare/graph", { a: left, b: right, ...query });
}

export function overlapPath(names: readonly string[], query: Query = {}): string {
  return withList("/compare", names, query);
}

export function savingsPath(names: readonly string[], query: Query = {}): string {
  return withList("/savings", names, query);
}

// `in=a,b,c` with the commas as they are (RFC 3986 allows them in a query): an address that a person can read and mend.
function withList(path: string, names: readonly string[], query: Query): string {
  const rest = withQuery(path, query);
  if (names.length === 0) return rest;
  const list = names.map(encodeName).join(",");
  return `${rest}${rest.includes("?") ? "&" : "?"}in=${list}`;
}

/** A comma in a name would end it: escaped twice, since the address as a whole is unescaped once before it is split. */
function encodeName(name: string): string {
  return encodeURIComponent(toListed(name)).replaceAll("%3A", ":").replaceAll("%2F", "/");
}

/** A name as one of a list parted by commas, which `parseNames` takes apart again. */
export function toListed(name: string): string {
  return name.replaceAll("%", "%25").replaceAll(",", "%2C");
}

/** The names in `in=`, given once with commas or several times. */
export function parseNames(values: readonly string[]): string[] {
  const names = values.flatMap((value) => value.split(",")).map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== "").map(decodeName))];
}

function decodeName(name: string): string {
  return name.replaceAll("%2C", ",").replaceAll("%25", "%");
}

/** The names with one of them spelled otherwise. */
export function replaced(names: readonly string[], name: string, by: string): string[] {
  return names.map((other) => (other === name ? by : other));
}
