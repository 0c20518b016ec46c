import { createReadStream, existsSync, statSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { serveHttp, type TestServer } from "./http-server.ts";

/** Answers a request instead of the directory; `false` if it leaves it to that. */
export type DirectoryLie = (path: string, response: ServerResponse) => boolean;

/** A plain HTTP server of the files in a directory; `asked` are the paths of its requests, without the first slash. */
export async function serveDirectory(
  directory: string,
  lie: DirectoryLie = () => false,
): Promise<TestServer & { readonly asked: string[] }> {
  const asked: string[] = [];
  const server = await serveHttp(({ url }, response) => {
    const path = url!.slice(1);
    asked.push(path);
    if (lie(path, response)) return;
    const file = join(directory, path);
    if (!existsSync(file) || !statSync(file).isFile()) response.writeHead(404).end();
    else createReadStream(file).pipe(response);
  });
  return { ...server, asked };
}
