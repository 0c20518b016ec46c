/**
 * An image's short name: without the registry's host, Docker Hub's `library/`, and `:latest` (the reference grammar of
 * distribution/reference: a first part with a dot, a colon or `localhost` is a host).
 */
export function shortImageName(name: string): string {
  const slash = name.indexOf("/");
  const first = slash === -1 ? "" : name.slice(0, slash);
  const hosted = /[.:]/.test(first) || first === "localhost";
  return (hosted ? name.slice(slash + 1) : name).replace(/^library\//, "").replace(/:latest$/, "");
}
