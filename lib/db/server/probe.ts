import { existsSync } from "node:fs";
import { join } from "node:path";
import { errorCode } from "#lib/model/error-code.ts";
import { withConnection } from "../connections.ts";
import { socketConfig } from "./cluster.ts";
import { SOCKET_NAME } from "./socket-directory.ts";

/**
 * State of the server behind a socket. `starting`: also while it recovers from a crash. `silent`: nothing answers. `empty`:
 * ready, but our database does not exist yet.
 */
export type ServerState = "ready" | "empty" | "starting" | "stopping" | "silent";

const CANNOT_CONNECT_NOW = "57P03";
const NO_SUCH_DATABASE = "3D000";
const TOO_MANY_CONNECTIONS = "53300";
const NOBODY_THERE = new Set(["ECONNREFUSED", "ENOENT", "ECONNRESET", "EPIPE"]);

/** Connects once and returns the state. Throws errors that neither a start nor a stop explains. */
export async function probeServer(socketDirectory: string): Promise<ServerState> {
  if (!existsSync(join(socketDirectory, SOCKET_NAME))) return "silent";
  return withConnection(socketConfig(socketDirectory), async () => "ready" as const).catch(stateOf);
}

function stateOf(error: unknown): ServerState {
  const code = errorCode(error);
  if (code === NO_SUCH_DATABASE) return "empty";
  if (code === TOO_MANY_CONNECTIONS) return "ready";
  if (code === CANNOT_CONNECT_NOW) return /shutting down/.test(String(error)) ? "stopping" : "starting";
  // A server that ends during the handshake closes the connection without a message.
  if (NOBODY_THERE.has(code) || /Connection terminated/.test(String(error))) return "silent";
  throw error;
}
