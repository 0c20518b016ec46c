import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { TarMember } from "../builders/tar.ts";

/** Whether dpkg can install into a directory: it is there, and this is the superuser. */
export const hasDpkg = process.getuid?.() === 0 && spawnSync("dpkg-deb", ["--version"]).status === 0;

/** A package to build; files that begin with `->` are symlinks. */
export interface DebSpec {
  readonly name: string;
  readonly version: string;
  readonly arch?: string;
  /** Further lines of its control file. */
  readonly control?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  /** Files of DEBIAN: conffiles, shlibs, … */
  readonly info?: Readonly<Record<string, string>>;
}

/** A file system with dpkg's database, and what each command changed in it as the layers of an image. */
export class DpkgRoot {
  readonly root: string;
  readonly #folder: string;
  #seen: ReadonlyMap<string, TarMember> = new Map();

  /** `folder`: where packages are built. */
  constructor(folder: string, like?: DpkgRoot) {
    this.#folder = folder;
    this.root = mkdtempSync(join(folder, "root-"));
    if (like !== undefined)
      cpSync(like.root, this.root, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
    else
      for (const path of ["info", "updates", "triggers"])
        mkdirSync(join(this.root, "var/lib/dpkg", path), { recursive: true });
    if (like === undefined) writeFileSync(join(this.root, "var/lib/dpkg/status"), "");
    if (like !== undefined) this.#seen = listMembers(this.root);
  }

  install(...debs: readonly DebSpec[]): this {
    return this.run(
      "--force-depends",
      "--force-confdef",
      "--install",
      ...debs.map((deb) => buildDeb(this.#folder, deb)),
    );
  }

  run(...args: readonly string[]): this {
    const env = { ...process.env, LC_ALL: "C", DEBIAN_FRONTEND: "noninteractive" };
    execFileSync("dpkg", [`--root=${this.root}`, "--force-unsafe-io", ...args], { env, stdio: "pipe" });
    return this;
  }

  write(files: Readonly<Record<string, string>>): this {
    writeTree(this.root, files);
    return this;
  }

  /** What changed since the last call, as the members of a layer, whiteouts first. */
  takeLayer(): TarMember[] {
    const now = listMembers(this.root);
    const gone = [...this.#seen.keys()].filter(
      (path) => !now.has(path) && (now.has(dirname(path)) || !path.includes("/")),
    );
    const added = [...now].filter(([path, member]) => !isSame(member, this.#seen.get(path)));
    this.#seen = now;
    return [...gone.map(toWhiteout), ...added.map(([, member]) => member)];
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), "latin1");
  }
}

/** What dpkg says of a database: `--list`, `--audit`, … */
export function queryDpkg(adminDir: string, ...args: readonly string[]): string {
  return execFileSync("dpkg", [`--admindir=${adminDir}`, ...args], {
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C", COLUMNS: "200" },
  });
}

function buildDeb(
  folder: string,
  { name, version, arch = "all", control = [], files = {}, info = {} }: DebSpec,
): string {
  const tree = mkdtempSync(join(folder, "deb-"));
  chmodSync(tree, 0o755);
  writeTree(tree, files);
  const maintainer = "Maintainer: Test <test@example.org>";
  const lines = [`Package: ${name}`, `Version: ${version}`, `Architecture: ${arch}`, maintainer, ...control];
  const text = `${[...lines, "Description: a test", " of a rebase"].join("\n")}\n`;
  writeTree(join(tree, "DEBIAN"), { control: text, ...info });
  const file = `${tree}.deb`;
  execFileSync("dpkg-deb", ["--root-owner-group", "-Znone", "--build", tree, file], { stdio: "pipe" });
  return file;
}

function writeTree(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, body] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    if (body.startsWith("->")) symlinkSync(body.slice(2), join(root, path));
    else writeFileSync(join(root, path), body);
  }
}

function listMembers(root: string): Map<string, TarMember> {
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).sort();
  return new Map(paths.map((path) => [path, toMember(root, path)]));
}

function toMember(root: string, path: string): TarMember {
  const file = lstatSync(join(root, path));
  const member = { path, mode: file.mode & 0o7777, uid: file.uid, gid: file.gid, mtime: 0 };
  if (file.isDirectory()) return { ...member, path: `${path}/`, type: "5" };
  if (file.isSymbolicLink()) return { ...member, type: "2", link: readlinkSync(join(root, path)) };
  return { ...member, body: readFileSync(join(root, path)) };
}

function isSame(one: TarMember, other: TarMember | undefined): boolean {
  return other !== undefined && JSON.stringify(toText(one)) === JSON.stringify(toText(other));
}

function toText(member: TarMember): unknown {
  return { ...member, body: Buffer.from(member.body ?? "").toString("latin1") };
}

function toWhiteout(path: string): TarMember {
  const slash = path.lastIndexOf("/") + 1;
  return { path: `${path.slice(0, slash)}.wh.${path.slice(slash)}` };
}
