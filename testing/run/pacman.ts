import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Whether pacman can install into a root: it is there, and this is the superuser. */
export const hasPacman = process.getuid?.() === 0 && spawnSync("pacman", ["--version"]).status === 0;

/** A package to build: lines of its .PKGINFO, and its files by path; those that begin with `->` are symlinks. */
export interface PacmanSpec {
  readonly name: string;
  readonly version: string;
  readonly info?: readonly string[];
  readonly files: Readonly<Record<string, string>>;
}

const CONFIG = "[options]\nSigLevel = Never\nLocalFileSigLevel = Never\nArchitecture = auto\n";

/** Builds a package without makepkg: a tar with its description in front. */
export function buildPacman(folder: string, { name, version, info = [], files }: PacmanSpec): string {
  const tree = join(folder, name);
  for (const [path, body] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    if (body.startsWith("->")) symlinkSync(body.slice(2), join(tree, path));
    else {
      writeFileSync(join(tree, path), body);
      chmodSync(join(tree, path), 0o755);
    }
  }
  mkdirSync(tree, { recursive: true });
  const lines = [`pkgname = ${name}`, `pkgver = ${version}`, "arch = any", "size = 1", "pkgdesc = a test", ...info];
  writeFileSync(join(tree, ".PKGINFO"), `${lines.join("\n")}\n`);
  const file = join(folder, `${name}-${version.replace(":", "_")}-any.pkg.tar.zst`);
  const names = [...new Set(Object.keys(files).map((path) => path.split("/")[0]!))];
  execFileSync("tar", ["-C", tree, "--zstd", "-cf", file, ".PKGINFO", ...names]);
  return file;
}

/** An installation of pacman in a directory. */
export class PacmanRoot {
  readonly root: string;
  readonly #config: string;

  constructor(root: string) {
    this.root = root;
    this.#config = `${root}.conf`;
    mkdirSync(join(root, "var/lib/pacman"), { recursive: true });
    writeFileSync(this.#config, CONFIG);
  }

  run(...args: readonly string[]): string {
    const place = ["--root", this.root, "--dbpath", join(this.root, "var/lib/pacman"), "--config", this.#config];
    const environment = { ...process.env, LC_ALL: "C" };
    return execFileSync("pacman", [...place, ...args], { encoding: "utf8", stdio: "pipe", env: environment });
  }

  install(files: readonly string[], ...options: readonly string[]): void {
    this.run("-U", "--noconfirm", "--noscriptlet", "--logfile", `${this.root}.log`, ...options, ...files);
  }
}
