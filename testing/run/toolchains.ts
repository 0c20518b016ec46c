import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Whether programs can be built in these languages: with Debian's `golang-go`, `cargo` and `cargo-auditable`. */
export const hasGo = spawnSync("go", ["version"]).status === 0;
export const hasCargo =
  spawnSync("cargo", ["auditable", "--version"]).status === 0 && spawnSync("cc", ["-v"]).status === 0;

/** Writes the text files of a source tree. */
export function writeSources(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Runs `go` without a network. Compiled packages of Go's own library are kept for the next run. */
export function runGo(folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  const cache = join(tmpdir(), "stratigraph-go-cache");
  const offline = { GOPROXY: "off", GOTOOLCHAIN: "local", GOFLAGS: "-mod=vendor -buildvcs=false", GOCACHE: cache };
  const given = { ...process.env, ...offline, CGO_ENABLED: "0", ...env };
  return execFileSync("go", args, { cwd: folder, env: given, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** Builds a program with `cargo auditable`, without a network. */
export function runCargo(folder: string, args: readonly string[]): void {
  const env = { ...process.env, CARGO_HOME: join(folder, ".cargo"), CARGO_NET_OFFLINE: "true" };
  execFileSync("cargo", ["auditable", ...args], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
}

/** A test's file of Go's library, without its armour of base64; `undefined` where the library has none. */
export function goTestProgram(path: string): Buffer | undefined {
  try {
    const root = runGo(tmpdir(), ["env", "GOROOT"]).trim();
    return Buffer.from(readFileSync(join(root, "src", path), "latin1"), "base64");
  } catch {
    return undefined;
  }
}
