import { spawnSync } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PACKAGES, type PinnedPackage } from "./recipe.ts";
import { run, runLines } from "./tools.ts";

/** A package that was downloaded and unpacked. */
export interface Package {
  readonly name: string;
  /** With its epoch. */
  readonly version: string;
  /** The directory of its files. */
  readonly tree: string;
  /** Its control file. */
  readonly control: string;
}

/** The previous release, on the same mirrors: it may offer an older libc6 if the pinned one is gone. */
const PREVIOUS_RELEASE = "bookworm";
const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

/**
 * Downloads and unpacks all packages of the recipe with a separate apt (the machine's lists, caches and state do not change).
 * `sources`: a sources file instead of the machine's. If no source offers a version, the newest one replaces it (for the
 * older libc6 the newest older one), and `notice` is called.
 */
export function fetchPackages(
  work: string,
  { sources, notice }: { readonly sources?: string; readonly notice: (line: string) => void },
): Map<string, Package> {
  const apt = openApt(join(work, "apt"), sources);
  const offered = listOffered(apt);
  const libc = chooseVersion(PACKAGES.libc6!, offered);
  const chosen = Object.entries(PACKAGES).map(([key, pinned]) => {
    const version = chooseVersion(pinned, offered, key === pinned.name ? undefined : libc);
    if (version !== pinned.version) notice(`${key}: ${pinned.version} is not offered, took ${version}`);
    return { key, name: pinned.name, version };
  });
  const debs = join(work, "debs");
  download(apt, debs, chosen);
  return new Map(chosen.map(({ key, ...chosen }) => [key, unpack(join(work, "trees", key), chosen, debs)]));
}

/** The options that keep apt within `folder`, with current lists. */
function openApt(folder: string, sources: string | undefined): string[] {
  for (const name of ["lists/partial", "cache/archives/partial"]) mkdirSync(join(folder, name), { recursive: true });
  for (const name of ["status", "sources.list"]) writeFileSync(join(folder, name), "");
  const options = [
    `Dir::State=${folder}`,
    `Dir::State::lists=${folder}/lists`,
    `Dir::State::status=${folder}/status`,
    `Dir::Cache=${folder}/cache`,
    "APT::Architecture=amd64",
    "APT::Architectures::=amd64",
    "APT::Architectures::=arm64",
    "APT::Sandbox::User=root",
    ...(sources === undefined ? [] : [`Dir::Etc::sourcelist=${sources}`, "Dir::Etc::sourceparts=/dev/null"]),
  ];
  const apt = options.flatMap((option) => ["-o", option]);
  run("apt-get", [...apt, "update", "-q"]);
  if (sources !== undefined) return apt;
  const previous = join(folder, "previous.list");
  writeFileSync(previous, previousRelease(apt));
  const both = [...apt, "-o", `Dir::Etc::sourcelist=${previous}`];
  run("apt-get", [...both, "update", "-q"]);
  return both;
}

/** The previous release, from the first mirror that has Debian's main archive. */
function previousRelease(apt: readonly string[]): string {
  const format = "$(ORIGIN) $(LABEL) $(SITE)";
  const line = runLines("apt-get", [...apt, "indextargets", "--format", format]).find((each) =>
    each.startsWith("Debian Debian "),
  );
  if (line === undefined) throw new Error("apt's sources have no archive of Debian's: pass --sources FILE");
  return `deb [signed-by=${KEYRING}] ${line.split(" ")[2]} ${PREVIOUS_RELEASE} main\n`;
}

/** The versions that apt could download, by package. */
function listOffered(apt: readonly string[]): Map<string, string[]> {
  const offered = new Map<string, string[]>();
  for (const { name } of Object.values(PACKAGES)) offered.set(name, []);
  for (const line of runLines("apt-cache", [...apt, "madison", ...offered.keys()])) {
    const [name, version] = line.split("|").map((cell) => cell.trim());
    offered.get(name!)?.push(version!);
  }
  return offered;
}

/** The pinned version if it is offered, else the newest one; with `below`, the newest one below that. */
function chooseVersion(
  { name, version }: PinnedPackage,
  offered: ReadonlyMap<string, string[]>,
  below?: string,
): string {
  const versions = offered.get(name)!;
  if (versions.includes(version)) return version;
  const [first, ...rest] = versions.filter((each) => below === undefined || isOlder(each, below));
  if (first === undefined) throw new Error(`${name}: apt's sources offer no version that fits (wanted ${version})`);
  return rest.reduce((newest, each) => (isOlder(newest, each) ? each : newest), first);
}

function isOlder(a: string, b: string): boolean {
  return spawnSync("dpkg", ["--compare-versions", a, "lt", b]).status === 0;
}

function download(apt: readonly string[], folder: string, chosen: readonly PinnedPackage[]): void {
  mkdirSync(folder);
  const words = chosen.map(({ name, version }) => `${name}=${version}`);
  run("sh", ["-c", 'cd "$0" && exec "$@"', folder, "apt-get", ...apt, "download", "-q", ...words]);
}

function unpack(tree: string, { name, version }: PinnedPackage, debs: string): Package {
  const [plain, architecture = "amd64"] = name.split(":");
  const begin = `${plain}_${version.replace(":", "%3a")}`;
  const deb = [architecture, "all"].map((each) => join(debs, `${begin}_${each}.deb`)).find((file) => existsSync(file))!;
  mkdirSync(tree, { recursive: true });
  run("dpkg-deb", ["--extract", deb, tree]);
  mergeUsr(tree);
  return { name: plain!, version, tree, control: run("dpkg-deb", ["--info", deb, "control"]) };
}

/** Packages from before the merge of / and /usr contain `lib` as a directory; base-files has a link to `usr/lib` there. */
function mergeUsr(tree: string): void {
  for (const name of ["bin", "sbin", "lib", "lib64"]) {
    const directory = join(tree, name);
    if (!existsSync(directory) || !lstatSync(directory).isDirectory()) continue;
    mkdirSync(join(tree, "usr", name), { recursive: true });
    run("cp", ["-a", `${directory}/.`, join(tree, "usr", name)]);
    run("rm", ["-r", directory]);
  }
}
