import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Usage, watchUsage } from "./watch-usage.ts";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));

/** The outcome and resource usage of one command. */
export interface CliRun extends Usage {
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
export async function runCli(
  args: readonly string[],
  { databaseUrl, environment, input }: CliOptions,
): Promise<CliRun> {
  const child = spawn(process.execPath, ["bin/stratigraph.mjs", ...args], {
    cwd: PROJECT,
    env: { ...process.env, ...environment, DATABASE_URL: databaseUrl, INIT_CWD: PROJECT, NO_COLOR: "1" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve, reject) => child.once("close", resolve).once("error", reject));
  const usage = watchUsage(child.pid!);
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  await feed(child.stdin, input ?? []);
  const status = await ended;
  return { status, stdout: await stdout, stderr: await stderr, ...usage() };
}

/** The JSON document of a command that must succeed. */
export async function runCliJson<T>(args: readonly string[], options: CliOptions): Promise<T> {
  const run = await runCli([...args, "--json"], options);
  if (run.status !== 0) throw new Error(`stratigraph ${args.join(" ")} ended with ${run.status}: ${run.stderr}`);
  return JSON.parse(run.stdout) as T;
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
