import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Usage, watchUsage } from "./watch-usage.ts";

export const PROJECT = fileURLToPath(new URL("../../", import.meta.url));

/** The outcome of one command. */
export interface CliRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  /** "": the embedded database of `environment`. */
  readonly databaseUrl: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly input?: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** Runs the real command line in a child process, with a test's database. */
export function runCli(args: readonly string[], options: CliOptions): Promise<CliRun> {
  return finish(start(args, options), options);
}

/** The same with its resource usage. Watching it takes some processor time. */
export async function measureCli(args: readonly string[], options: CliOptions): Promise<CliRun & Usage> {
  const child = start(args, options);
  const usage = watchUsage(child.pid!);
  const run = await finish(child, options);
  return { ...run, ...usage() };
}

/** The JSON document of a command that must succeed. */
export async function runCliJson<T>(args: readonly string[], options: CliOptions): Promise<T> {
  return parseDocument(args, await runCli([...args, "--json"], options));
}

/** The JSON document that a command must have printed. */
export function parseDocument<T>(args: readonly string[], { status, stdout, stderr }: CliRun): T {
  if (status !== 0) throw new Error(`stratigraph ${args.join(" ")} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout) as T;
}

/** The environment of a command. */
export function commandEnvironment({ databaseUrl, environment }: CliOptions): NodeJS.ProcessEnv {
  return { ...process.env, ...environment, DATABASE_URL: databaseUrl, INIT_CWD: PROJECT, NO_COLOR: "1" };
}

function start(args: readonly string[], options: CliOptions): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, ["bin/stratigraph.mjs", ...args], { cwd: PROJECT, env: commandEnvironment(options) });
}

async function finish(child: ChildProcessWithoutNullStreams, { input = [] }: CliOptions): Promise<CliRun> {
  const ended = new Promise<number | null>((resolve, reject) => child.once("close", resolve).once("error", reject));
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  await feed(child.stdin, input);
  const status = await ended;
  return { status, stdout: await stdout, stderr: await stderr };
}

async function collect(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

/** A command that has read enough closes its input: the rest is not sent. */
async function feed(stdin: NodeJS.WritableStream, input: NonNullable<CliOptions["input"]>): Promise<void> {
  let closed = false;
  stdin.once("error", () => {
    closed = true;
  });
  for await (const chunk of input) {
    if (closed) return;
    if (!stdin.write(chunk)) await new Promise((resolve) => stdin.once("drain", resolve).once("close", resolve));
  }
  stdin.end();
}
