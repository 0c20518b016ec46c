/**
 * An image's name as people say it: without the registry's host, without Docker Hub's `library/`, without `:latest`
 * (the reference grammar of distribution/reference: a first part with a dot, a colon or `localhost` is a host).
 */
export function shortImageName(name: string): string {
  const slash = name.indexOf("/");
  const first = slash === -1 ? "" : name.slice(0, slash);
  const hosted = /[.:]/.test(first) || first === "localhost";
  return (hosted ? name.slice(slash + 1) : name).replace(/^library\//, "").replace(/:latest$/, "");
}
