import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll } from "vitest";
import { type CliOptions, type CliRun, commandEnvironment, PROJECT, parseDocument, runCli } from "./run-cli.ts";

/** What the process of a session is told to run. */
export interface SessionCommand {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Printed by it after the command, on both streams. */
  readonly end: string;
}

/** Runs command lines as `runCli` and `runCliJson` do. */
export interface CliSession {
  run(args: readonly string[], options: CliOptions): Promise<CliRun>;
  runJson<T>(args: readonly string[], options: CliOptions): Promise<T>;
}

/**
 * The real command line in one process for each database, one command after the other, for tests that run dozens: most of the time of a
 * short command is its start. One with input has its own process. A command whose end, signals or memory matter needs `runCli`.
 */
export function makeCliSession(): CliSession {
  const processes = new Map<string, SessionProcess>();
  afterAll(() => Promise.all(Array.from(processes.values(), (each) => each.close())));
  const run = (args: readonly string[], options: CliOptions) => {
    if (options.input !== undefined) return runCli(args, options);
    const known = processes.get(options.databaseUrl);
    const session = known?.isAlive() ? known : new SessionProcess();
    processes.set(options.databaseUrl, session);
    return session.run(args, commandEnvironment(options));
  };
  return { run, runJson: async (args, options) => parseDocument(args, await run([...args, "--json"], options)) };
}

class SessionProcess {
  readonly #child: ChildProcess = fork(join(import.meta.dirname, "cli-session-process.ts"), [], {
    cwd: PROJECT,
    execArgv: [],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  readonly #ended = once(this.#child, "exit").then(([code]) => code as number | null);
  #last: Promise<unknown> = Promise.resolve();

  isAlive(): boolean {
    return this.#child.connected;
  }

  /** A command waits for those before it. */
  run(args: readonly string[], environment: SessionCommand["environment"]): Promise<CliRun> {
    const done = this.#last.then(() => this.#run({ args, environment, end: `\0${randomUUID()}` }));
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #run(command: SessionCommand): Promise<CliRun> {
    const printed = Promise.all([this.#until("stdout", command.end), this.#until("stderr", command.end)]);
    const status = once(this.#child, "message").then(([message]) => message as number);
    this.#child.send(command);
    const ended = await Promise.race([status, this.#ended]);
    const [stdout, stderr] = await printed;
    return { status: ended, stdout, stderr };
  }

  /** What the process prints until it prints `end`, or until it ends. */
  #until(name: "stdout" | "stderr", end: string): Promise<string> {
    const stream = this.#child[name]!;
    return new Promise((resolve) => {
      let text = "";
      const finish = () => {
        stream.off("data", take).off("end", finish);
        resolve(text.endsWith(end) ? text.slice(0, -end.length) : text);
      };
      const take = (chunk: string) => {
        text += chunk;
        if (text.endsWith(end)) finish();
      };
      stream.setEncoding("utf8").on("data", take).once("end", finish);
    });
  }

  async close(): Promise<void> {
    if (this.isAlive()) this.#child.disconnect();
    await this.#ended;
  }
}
