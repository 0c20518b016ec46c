import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { createPrivateKey, randomUUID, sign } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

import { serveHttp } from "./http-server.ts";

const run = promisify(execFile);

export const USER = "reader";
export const PASSWORD = "open sesame";
/** `PASSWORD` as htpasswd -B writes it: bcrypt, which Node does not have. */
const HTPASSWD = `${USER}:$2y$05$abcdefghijklmnopqrstuupx2xBUC4954936wVIjyyPHmUBFu0wCW\n`;
const SERVICE = "registry.test";
const ISSUER = "issuer.test";

/** Whether all these programs are installed: a test of a real part skips without them. */
export function areInstalled(...programs: readonly string[]): boolean {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return programs.every((program) => folders.some((folder) => existsSync(join(folder, program))));
}

export interface TestRegistry {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  /** Paths of the blobs and manifests that were sent since the last call, in order. */
  takeSent(): string[];
  /** Copies an image of an OCI layout or another source of skopeo's. */
  push(source: string, name: string): Promise<void>;
  /** Kills it without warning. */
  kill(): Promise<void>;
  /** Starts it again, with the same images at the same address. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts Debian's docker-registry on a free port of the loopback address, with its images in a new folder. */
export async function startRegistry(auth: "open" | "basic" | "token" = "open"): Promise<TestRegistry> {
  const folder = mkdtempSync(join(tmpdir(), "stratigraph-registry-"));
  const tokens = auth === "token" ? await startTokenServer(folder) : undefined;
  writeFileSync(join(folder, "htpasswd"), HTPASSWD);
  const log = { text: "" };
  const launch = (address: string) =>
    launchRegistry(folder, toConfig({ folder, auth, realm: tokens?.realm, address }), log);
  let { server, host } = await launch("127.0.0.1:0");
  const end = async (signal: NodeJS.Signals) => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill(signal);
    await once(server, "exit");
  };
  const login = auth === "open" ? [] : ["--dest-creds", `${USER}:${PASSWORD}`];
  return {
    host,
    takeSent: () => {
      const sent = [...log.text.matchAll(/"GET (\/v2\/\S+\/(?:blobs|manifests)\/\S+) HTTP\/1\.1" 200/g)].map(
        ([, path]) => path!,
      );
      log.text = "";
      return sent;
    },
    // Asynchronous: the token server that it asks is in this process.
    push: async (source, name) => {
      await run("skopeo", [
        "copy",
        "-q",
        "--all",
        "--dest-tls-verify=false",
        ...login,
        source,
        `docker://${host}/${name}`,
      ]);
    },
    kill: () => end("SIGKILL"),
    restart: async () => {
      ({ server, host } = await launch(host));
    },
    stop: async () => {
      await end("SIGTERM");
      await tokens?.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Adds what it prints to `log`. */
async function launchRegistry(folder: string, config: string, log: { text: string }) {
  const file = join(folder, "config.yml");
  writeFileSync(file, config);
  const server = spawn("docker-registry", ["serve", file], { stdio: ["ignore", "pipe", "pipe"] });
  server.stdout.setEncoding("utf8").on("data", (text: string) => (log.text += text));
  return { server, host: await listeningHost(server) };
}

interface Configuration {
  readonly folder: string;
  readonly auth: "open" | "basic" | "token";
  readonly realm: string | undefined;
  /** Where it listens; port 0 is any free one. */
  readonly address: string;
}

function toConfig({ folder, auth, realm, address }: Configuration): string {
  const rules = {
    open: {},
    basic: { auth: { htpasswd: { realm: "test", path: join(folder, "htpasswd") } } },
    token: { auth: { token: { realm, service: SERVICE, issuer: ISSUER, rootcertbundle: join(folder, "cert.pem") } } },
  };
  // YAML is a superset of JSON.
  return JSON.stringify({
    version: "0.1",
    log: { level: "info", accesslog: { disabled: false } },
    storage: { filesystem: { rootdirectory: join(folder, "store") } },
    http: { addr: address },
    ...rules[auth],
  });
}

function listeningHost(server: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let text = "";
  // Read to the end, even after the line: a full or closed pipe would stop the registry.
  server.stderr!.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    const host = /listening on (127\.0\.0\.1:\d+)/.exec(text)?.[1];
    if (host !== undefined) resolve(host);
  });
  server.once("exit", () => reject(new Error(`docker-registry ended: ${text}`)));
  return promise;
}

/** A token server as in distribution's spec/auth/token, whose tokens the registry verifies with its certificate. */
async function startTokenServer(folder: string): Promise<{ realm: string; stop(): Promise<void> }> {
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const subject = ["-subj", "/CN=issuer.test", "-days", "2", "-nodes", "-keyout", key, "-out", cert];
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", ...subject], { stdio: "ignore" });
  const basic = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString("base64")}`;
  const { url, stop } = await serveHttp((request, response) => {
    if (request.headers.authorization !== basic) return void response.writeHead(401).end();
    const scope = new URL(request.url!, "http://127.0.0.1").searchParams.get("scope") ?? "";
    response.setHeader("content-type", "application/json").end(JSON.stringify({ token: toToken(key, cert, scope) }));
  });
  return { realm: `${url}/token`, stop };
}

function toToken(keyFile: string, certFile: string, scope: string): string {
  const certificate = readFileSync(certFile, "utf8").replace(/-----[^-]+-----|\s/g, "");
  const now = Math.floor(Date.now() / 1000);
  const [type, name, actions = ""] = scope.split(":");
  const access = scope === "" ? [] : [{ type, name, actions: actions.split(",") }];
  const claims = {
    iss: ISSUER,
    sub: USER,
    aud: SERVICE,
    exp: now + 300,
    nbf: now - 5,
    iat: now,
    jti: randomUUID(),
    access,
  };
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const head = `${encode({ typ: "JWT", alg: "RS256", x5c: [certificate] })}.${encode(claims)}`;
  const signature = sign("sha256", Buffer.from(head), createPrivateKey(readFileSync(keyFile))).toString("base64url");
  return `${head}.${signature}`;
}
