#!/usr/bin/env node
// Prepares a checkout: packages, generated code and, with --build, the pages. If everything is present it prints nothing and
// takes a few milliseconds. It is the only file that runs on the machine's own Node (20 or newer) before the project's Node is
// installed: plain JavaScript, and only Node's built-in modules. All output goes to stderr.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const MODULES = join(ROOT, "node_modules");
/** The project's own Node, from the npm package `node`. */
const NODE = join(MODULES, "node", "bin", "node");
const GENERATED = join(ROOT, "lib", "db", "generated");
const PAGES = join(ROOT, ".next");
/** Inputs of the pages' build, without tests. */
const PAGE_INPUTS = [
  "app",
  "components",
  "lib",
  "public",
  "prisma/schema.prisma",
  "package-lock.json",
  "tsconfig.json",
];
const MAX_OUTPUT = 1 << 28;
const PAGE_SETTINGS = ["next.config.ts", "postcss.config.mjs", "package.json"];

let lineIsOpen = false;

try {
  installPackages();
  restoreNode();
  generateClient();
  if (process.argv.includes("--build")) buildPages();
  endLine();
} catch (error) {
  endLine();
  process.stderr.write(`stratigraph: ${error.message}\n`);
  process.exitCode = 1;
}

/** npm writes node_modules/.package-lock.json last, with what it has installed: compared instead of dates. */
function installPackages() {
  if (packagesAreCurrent()) return;
  say("installing packages");
  run(...npm("ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"));
}

function packagesAreCurrent() {
  const wanted = readJson(join(ROOT, "package-lock.json"));
  const installed = readJson(join(MODULES, ".package-lock.json"));
  if (wanted === undefined) throw new Error("package-lock.json is missing or damaged: restore it");
  if (installed === undefined) return false;
  return Object.entries(wanted.packages).every(([path, { version, optional }]) => {
    if (path === "" || (optional && installed.packages[path] === undefined)) return true;
    return installed.packages[path]?.version === version;
  });
}

/** If install scripts are disabled, the package `node` has not downloaded its program. */
function restoreNode() {
  if (!existsSync(NODE)) {
    say("fetching Node");
    run(process.execPath, ["installArchSpecificPackage.js"], join(MODULES, "node"));
  }
  const link = join(MODULES, ".bin", "node");
  if (existsSync(link)) return;
  rmSync(link, { force: true });
  symlinkSync(join("..", "node", "bin", "node"), link);
}

/** The database client is generated code: not in the repository, and generated again when the schema or Prisma changes. */
function generateClient() {
  const inputs = hashFiles(["prisma/schema.prisma", "node_modules/prisma/package.json"]);
  if (existsSync(join(GENERATED, "client.ts")) && readText(stamp("client")) === inputs) return;
  say("generating the database client");
  run(NODE, [join(MODULES, "prisma", "build", "index.js"), "generate"]);
  writeStamp("client", inputs);
}

/** After a failed build Next keeps a broken .next, which breaks the next build. */
function buildPages() {
  const inputs = hashFiles([...PAGE_INPUTS.flatMap(listFiles), ...PAGE_SETTINGS]);
  if (existsSync(join(PAGES, "BUILD_ID")) && readText(join(PAGES, "inputs.sha256")) === inputs) return;
  say("building the pages");
  try {
    run(NODE, [join(MODULES, "next", "dist", "bin", "next"), "build"]);
  } catch (error) {
    rmSync(PAGES, { recursive: true, force: true });
    throw error;
  }
  writeFileSync(join(PAGES, "inputs.sha256"), inputs);
}

/** Files under a path, sorted by name. The path may also be a file, or missing. */
function listFiles(path) {
  const full = join(ROOT, path);
  if (!existsSync(full)) return [];
  const names = readEntries(full);
  if (names === undefined) return [path];
  return names.flatMap((entry) => {
    const inside = `${path}/${entry.name}`;
    if (entry.isDirectory()) return listFiles(inside);
    return /\.test\.tsx?$/.test(entry.name) ? [] : [inside];
  });
}

function readEntries(path) {
  try {
    return readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (error.code === "ENOTDIR") return undefined;
    throw error;
  }
}

function hashFiles(paths) {
  const hash = createHash("sha256");
  for (const path of paths) {
    if (existsSync(join(ROOT, path)))
      hash
        .update(path)
        .update("\0")
        .update(readFileSync(join(ROOT, path)));
  }
  return hash.digest("hex");
}

/** npm's own program if npm runs this script, else the one on PATH. */
function npm(...words) {
  const program = process.env.npm_execpath;
  return program?.endsWith(".js") ? [process.execPath, [program, ...words]] : ["npm", words];
}

/** Runs a program; its output is shown only if it fails. */
function run(program, words, cwd = ROOT) {
  const path = [join(MODULES, ".bin"), process.env.PATH].join(delimiter);
  const env = {
    ...process.env,
    PATH: path,
    NEXT_TELEMETRY_DISABLED: "1",
    CHECKPOINT_DISABLE: "1",
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
  };
  const options = { cwd, env, encoding: "utf8", maxBuffer: MAX_OUTPUT, stdio: ["ignore", "pipe", "pipe"] };
  const { status, signal, error, stdout, stderr } = spawnSync(program, words, options);
  if (status === 0) return;
  endLine();
  process.stderr.write(`${stdout ?? ""}${stderr ?? ""}`);
  throw new Error(`${program} ${words.join(" ")}: ${error?.message ?? signal ?? `exit status ${status}`}`);
}

function stamp(name) {
  return join(MODULES, ".cache", "stratigraph", `${name}.sha256`);
}

function writeStamp(name, text) {
  mkdirSync(dirname(stamp(name)), { recursive: true });
  writeFileSync(stamp(name), text);
}

function readText(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/** All steps are on one line, each printed before it starts. */
function say(step) {
  process.stderr.write(lineIsOpen ? `, ${step} …` : `stratigraph: setting up, once: ${step} …`);
  lineIsOpen = true;
}

function endLine() {
  if (lineIsOpen) process.stderr.write("\n");
  lineIsOpen = false;
}
