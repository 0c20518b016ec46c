import { execFileSync, spawnSync } from "node:child_process";

/** Debian's own interpreter: others on the PATH may have neither pip nor venv. */
export const PYTHON = "/usr/bin/python3";

const NEEDED =
  "import sys, venv, ensurepip, importlib.metadata, pip._vendor.packaging; sys.exit(sys.version_info < (3, 11))";

/** Whether Python 3.11 or later is installed with pip and venv. */
export const hasPython = spawnSync(PYTHON, ["-c", NEEDED]).status === 0;

/** What a program in Python prints, as JSON; it has `input` as JSON on standard input. */
export function askPython<T>(program: string, input: unknown): T {
  const options = { encoding: "utf8", input: JSON.stringify(input), maxBuffer: 64 * 1024 ** 2 } as const;
  return JSON.parse(execFileSync(PYTHON, ["-c", program], { ...options, stdio: ["pipe", "pipe", "pipe"] }));
}

/** `3.13`. */
export const PYTHON_VERSION = hasPython
  ? askPython<string>("import json, sys; print(json.dumps('%d.%d' % sys.version_info[:2]))", null)
  : "3";
