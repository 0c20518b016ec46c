/** The address of a page of the server under test. */
export function address(path: string): string {
  const server = process.env.STRATIGRAPH_URL;
  if (server === undefined) throw new Error("the global setup did not start the server");
  return server + path;
}
