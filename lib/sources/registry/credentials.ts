import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { objectOf, recordOf } from "#lib/formats/json/index.ts";
import { UnreachableError } from "#lib/model/problem.ts";

/** A login to one registry. */
export type Credentials =
  | { readonly kind: "password"; readonly user: string; readonly password: string }
  /** An OAuth2 refresh token. */
  | { readonly kind: "identity"; readonly token: string };

const loginFile = objectOf({
  auths: v.optional(recordOf(objectOf({ auth: v.optional(v.string()), identitytoken: v.optional(v.string()) })), {}),
  credHelpers: v.optional(recordOf(v.string()), {}),
  credsStore: v.optional(v.string()),
});
type LoginFile = v.InferOutput<typeof loginFile>;

/** Docker Hub's key in login files, older than its host. */
const DOCKER_HUB_KEY = "https://index.docker.io/v1/";
const MAX_HELPER_MS = 20_000;

/** Login files in the order of containers-auth.json(5), Docker's last. */
function loginFiles(env: NodeJS.ProcessEnv): string[] {
  const { REGISTRY_AUTH_FILE: named, XDG_RUNTIME_DIR: runtime, DOCKER_CONFIG: docker } = env;
  if (named !== undefined) return [named];
  return [
    ...(runtime === undefined ? [] : [join(runtime, "containers/auth.json")]),
    join(env.XDG_CONFIG_HOME ?? join(homedir(), ".config"), "containers/auth.json"),
    join(docker ?? join(homedir(), ".docker"), "config.json"),
  ];
}

/**
 * The login for a repository from the login files of Docker, Podman and skopeo, or from the credential helper they name; the most
 * specific entry wins. `undefined` if there is none. Throws UnreachableError if a file or a helper cannot be read.
 */
export async function findCredentials(
  host: string,
  repository: string,
  env: NodeJS.ProcessEnv,
): Promise<Credentials | undefined> {
  for (const file of loginFiles(env)) {
    const logins = await readLogins(file);
    if (logins === undefined) continue;
    for (const key of loginKeys(host, repository)) {
      const found = await findIn(logins, key, env);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** `host/a/b`, `host/a`, `host`, and older spellings of the host. */
function loginKeys(host: string, repository: string): string[] {
  const parts = [host, ...repository.split("/")];
  const keys = parts.map((_, i) => parts.slice(0, parts.length - i).join("/"));
  return [...keys, `https://${host}`, ...(host === "docker.io" ? [DOCKER_HUB_KEY, "index.docker.io"] : [])];
}

async function readLogins(file: string): Promise<LoginFile | undefined> {
  try {
    return v.parse(loginFile, JSON.parse(await readFile(file, "utf8")));
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
    throw new UnreachableError(`${file}: cannot be read as a login file`, { cause });
  }
}

async function findIn(
  { auths, credHelpers, credsStore }: LoginFile,
  key: string,
  env: NodeJS.ProcessEnv,
): Promise<Credentials | undefined> {
  const helper = credHelpers[key];
  if (helper !== undefined) return askHelper(helper, key, env);
  const entry = auths[key];
  if (entry?.identitytoken) return { kind: "identity", token: entry.identitytoken };
  if (entry?.auth) return parseBasic(entry.auth);
  return credsStore !== undefined && entry !== undefined ? askHelper(credsStore, key, env) : undefined;
}

function parseBasic(auth: string): Credentials {
  const text = Buffer.from(auth, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return { kind: "password", user: text.slice(0, colon), password: text.slice(colon + 1) };
}

const helperAnswer = v.object({ Username: v.string(), Secret: v.string() });

/** Runs `docker-credential-HELPER get` (docker-credential-helpers). `undefined` if it has no login for this key. */
async function askHelper(helper: string, key: string, env: NodeJS.ProcessEnv): Promise<Credentials | undefined> {
  const program = `docker-credential-${helper}`;
  const { output, error } = await runHelper(program, key, env);
  if (error !== null) {
    if (/credentials not found/.test(output)) return undefined;
    throw new UnreachableError(`${program} gave no login for ${key}`, { cause: error });
  }
  const { Username: user, Secret: secret } = v.parse(helperAnswer, JSON.parse(output));
  return user === "<token>" ? { kind: "identity", token: secret } : { kind: "password", user, password: secret };
}

function runHelper(
  program: string,
  key: string,
  env: NodeJS.ProcessEnv,
): Promise<{ output: string; error: Error | null }> {
  return new Promise((resolve) => {
    const child = execFile(program, ["get"], { timeout: MAX_HELPER_MS, env }, (error, output) =>
      resolve({ output, error }),
    );
    child.stdin?.on("error", () => undefined).end(key);
  });
}
