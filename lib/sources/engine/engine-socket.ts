import { existsSync } from "node:fs";
import { UnreachableError } from "#lib/model/problem.ts";
import type { HttpResponse } from "../http/http-client.ts";

/** The host part of an address that a Unix socket ignores. */
export const ENGINE = "http://engine";

/** The socket that the variables name, else the first that exists, as Docker and Podman look for it. Throws UnreachableError. */
export function findSocket(variables: NodeJS.ProcessEnv): string {
  const named = variables.DOCKER_HOST ?? variables.CONTAINER_HOST;
  if (named !== undefined) {
    if (named.startsWith("unix://")) return namedSocket(named.slice("unix://".length));
    throw new UnreachableError(`${named}: only Unix sockets are read; set DOCKER_HOST to unix:// and a path`);
  }
  const places = usualSockets(variables);
  const found = places.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new UnreachableError(
    `no engine: there is no socket at ${places.join(", ")}; set DOCKER_HOST to unix:// and its path`,
  );
}

function namedSocket(path: string): string {
  if (existsSync(path)) return path;
  throw new UnreachableError(`no engine: there is no socket at ${path}, which DOCKER_HOST or CONTAINER_HOST names`);
}

function usualSockets({ XDG_RUNTIME_DIR }: NodeJS.ProcessEnv): string[] {
  const user =
    XDG_RUNTIME_DIR === undefined
      ? []
      : ["docker.sock", "podman/podman.sock"].map((path) => `${XDG_RUNTIME_DIR}/${path}`);
  return [...user, "/var/run/docker.sock", "/run/podman/podman.sock"];
}

/** The error for an answer that is none. */
export async function refused(response: HttpResponse, what: string): Promise<UnreachableError> {
  await response.discard();
  return new UnreachableError(`the engine refused ${what} (status ${response.status})`);
}
