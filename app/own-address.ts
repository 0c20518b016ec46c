/**
 * The address that others use for a path of ours: below STRATIGRAPH_URL if it is set, else with the host name of the request. Headers
 * are those of the request.
 */
export function toOwnAddress(headers: Headers, path: string): URL {
  const { STRATIGRAPH_URL } = process.env;
  const protocol = headers.get("x-forwarded-proto") === "https" ? "https" : "http";
  const base = URL.parse(STRATIGRAPH_URL || `${protocol}://${headers.get("host")}`);
  return new URL(path, base ?? "http://127.0.0.1");
}
