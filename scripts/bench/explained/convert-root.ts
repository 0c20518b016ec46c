import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { parseStatus } from "#lib/formats/dpkg/index.ts";
import { buildRpms, installRpms } from "#testing/run/rpm.ts";

/** A package as dpkg has recorded it. */
interface Installed {
  readonly name: string;
  readonly version: string;
  /** Absolute, in the order of dpkg's list; all but directories. */
  readonly paths: readonly string[];
}

const OF_DEBIAN = ["var/lib/dpkg", "var/lib/apt", "var/cache/apt"];

/** Builds an rpm of each of the packages, has rpm record them all, and removes what dpkg and apt have recorded. */
export function convertToRpm(root: string, folder: string): void {
  const installed = listInstalled(root);
  writeFileSync(join(root, "etc/os-release"), "ID=fedora\nVERSION_ID=40\n");
  const files = buildRpms(
    folder,
    installed.map((found) => specOf(found, root)),
  );
  installRpms({ root, backend: "sqlite", dbPath: "/var/lib/rpm" }, files, "--justdb", "--nodeps");
  rmSync(folder, { recursive: true });
  for (const path of OF_DEBIAN) rmSync(join(root, path), { recursive: true, force: true });
}

/** Writes the packages into apk's database, and removes what dpkg and apt have recorded. */
export function convertToApk(root: string): void {
  const installed = listInstalled(root);
  writeFileSync(join(root, "etc/os-release"), "ID=alpine\nVERSION_ID=3.22\n");
  mkdirSync(join(root, "lib/apk/db"), { recursive: true });
  writeFileSync(join(root, "lib/apk/db/installed"), installed.map(toRecord).join("\n"));
  for (const path of OF_DEBIAN) rmSync(join(root, path), { recursive: true, force: true });
}

function listInstalled(root: string): Installed[] {
  const info = join(root, "var/lib/dpkg/info");
  const versions = readVersions(root);
  const lists = readdirSync(info).filter((name) => name.endsWith(".list"));
  return lists.map((list) => {
    const name = list.slice(0, -".list".length).split(":")[0]!;
    const lines = readFileSync(join(info, list), "utf8").split("\n");
    const paths = lines.filter((path) => path !== "" && isFile(join(root, path)));
    return { name, version: versions.get(name) ?? "0", paths };
  });
}

/** In the letters that all managers allow, without epoch and revision. */
function readVersions(root: string): Map<string, string> {
  const { value } = parseStatus(readFileSync(join(root, "var/lib/dpkg/status"), "utf8"), true);
  const plain = (version: string) =>
    version
      .replace(/^\d+:/, "")
      .replace(/-[^-]*$/, "")
      .replaceAll(/[^0-9A-Za-z.]/g, ".");
  return new Map(value.map(({ name, version }) => [name, plain(version)]));
}

function isFile(path: string): boolean {
  return existsSync(path) ? !lstatSync(path).isDirectory() : false;
}

function specOf({ name, version, paths }: Installed, root: string): string {
  const copies = paths.map((path) => `mkdir -p ".${dirname(path)}"; cp -a "${join(root, path)}" ".${path}"`);
  const listed = paths.map((path) => `"${path}"`);
  return [
    `Name: ${name}\nVersion: ${version}\nRelease: 1\nSummary: ${name}\nLicense: MIT\nAutoReqProv: no`,
    "%global debug_package %{nil}\n%global __os_install_post %{nil}",
    `%description\n${name}\n%prep\n%build\n%install\ncd %{buildroot}`,
    ...copies,
    `%files\n${listed.join("\n")}\n`,
  ].join("\n");
}

function toRecord({ name, version, paths }: Installed): string {
  const folders = Map.groupBy(paths, dirname);
  const files = [...folders].flatMap(([folder, inside]) => [
    `F:${folder.slice(1)}`,
    ...inside.map((path) => `R:${basename(path)}`),
  ]);
  return [`P:${name}`, `V:${version}-r0`, "A:x86_64", ...files, ""].join("\n");
}
