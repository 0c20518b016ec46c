import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const CONFIG =
  "sandbox = false\nfilter-syscalls = false\nbuild-users-group =\nsubstituters =\nmax-jobs = 2\nfsync-metadata = false";

/** A store of its own under a folder, which Nix writes without a daemon. */
export class NixStore {
  readonly root: string;
  readonly #environment: NodeJS.ProcessEnv;

  constructor(root: string) {
    this.root = root;
    this.#environment = {
      ...process.env,
      HOME: join(root, "home"),
      NIX_REMOTE: "local",
      NIX_STORE_DIR: join(root, "nix/store"),
      NIX_STATE_DIR: join(root, "nix/var/nix"),
      NIX_LOG_DIR: join(root, "nix/var/log"),
      NIX_CONF_DIR: join(root, "etc"),
      NIX_CONFIG: CONFIG,
    };
    mkdirSync(join(root, "home"), { recursive: true });
  }

  run(command: string, ...args: readonly string[]): string {
    const stdio = ["ignore", "pipe", "pipe"] as const;
    return execFileSync(command, args, { env: this.#environment, stdio: [...stdio], encoding: "utf8" });
  }

  /** Builds an expression; returns the store paths. */
  build(expression: string): string[] {
    const file = join(this.root, "home/build.nix");
    writeFileSync(file, expression);
    return this.run("nix-build", file, "--no-out-link").trim().split("\n");
  }

  /** The names of all store paths. */
  list(): string[] {
    return readdirSync(join(this.root, "nix/store")).filter((name) => /^[0-9a-z]{32}-(?!.*\.lock$)/.test(name));
  }

  /** The names of the store paths that one refers to, sorted, without itself. */
  listReferences(name: string): string[] {
    const lines = this.run("nix-store", "-q", "--references", join(this.root, "nix/store", name)).split("\n");
    const names = lines.filter((line) => line !== "").map((line) => line.slice(line.lastIndexOf("/") + 1));
    return names.filter((each) => each !== name).sort();
  }
}
