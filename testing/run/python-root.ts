import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { WheelSpec } from "#testing/builders/wheels.ts";
import { askPython, PYTHON } from "./python.ts";

const BUILD_WHEELS = `
import base64, hashlib, json, os, sys, zipfile
given = json.load(sys.stdin)
paths = []
for spec in given["specs"]:
    stem = spec["name"].replace("-", "_") + "-" + spec["version"]
    module = spec["name"].replace("-", "_").replace(".", "_").lower()
    info = stem + ".dist-info"
    metadata = ["Metadata-Version: 2.1", "Name: " + spec["name"], "Version: " + spec["version"]]
    metadata += ["Requires-Dist: " + each for each in spec["requires"]] + ["", "About it.", ""]
    files = {
        module + "/__init__.py": "def main(): pass\\n",
        module + "/a,b.txt": "data",
        stem + ".data/scripts/" + module + "-run": "#!python\\n",
        info + "/METADATA": "\\n".join(metadata),
        info + "/WHEEL": "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
        info + "/entry_points.txt": "[console_scripts]\\n%s = %s:main\\n" % (module, module),
    }
    rows = []
    for name, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")
        field = '"%s"' % name if "," in name else name
        rows.append("%s,sha256=%s,%d" % (field, digest, len(text)))
    files[info + "/RECORD"] = "\\n".join(rows + [info + "/RECORD,,"]) + "\\n"
    path = os.path.join(given["folder"], stem + "-py3-none-any.whl")
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in files.items(): wheel.writestr(name, text)
    paths.append(path)
print(json.dumps(paths))
`;

/** Builds the wheels; returns their paths. */
export function buildWheels(folder: string, specs: readonly WheelSpec[]): string[] {
  mkdirSync(folder, { recursive: true });
  return askPython<string[]>(BUILD_WHEELS, { folder, specs });
}

function pip(...args: readonly string[]): string {
  const options = ["--disable-pip-version-check", "--no-cache-dir", "-q"];
  return execFileSync(PYTHON, ["-m", "pip", ...options, ...args], { encoding: "utf8", stdio: "pipe" });
}

const INSTALL = ["install", "--no-index", "--no-deps", "--no-warn-script-location"];

/** Installs wheels for the system's interpreter, under a root. */
export function installInRoot(root: string, wheels: readonly string[]): void {
  pip(...INSTALL, "--break-system-packages", "--ignore-installed", "--root", root, ...wheels);
}

/** Makes a virtual environment, with the pip that Python brings, and installs wheels. */
export function makeVenv(directory: string, wheels: readonly string[], ...options: readonly string[]): void {
  execFileSync(PYTHON, ["-m", "venv", ...options, directory], { stdio: "pipe" });
  pip("--python", join(directory, "bin/python"), ...INSTALL, "--ignore-installed", ...wheels);
}

/** The distributions that pip says were requested, by directory. */
export function listRequested(directory: string): string[] {
  const report = pip("--python", join(directory, "bin/python"), "inspect", "--local");
  const { installed } = JSON.parse(report) as { installed: { requested: boolean; metadata_location: string }[] };
  return installed.filter(({ requested }) => requested).map((each) => each.metadata_location);
}

/** Copies Debian packages of this machine into a root: their files, and what dpkg knows about them. */
export function copyDebs(root: string, names: readonly string[]): void {
  const status = execFileSync("dpkg-query", ["-s", ...names], { encoding: "utf8" });
  put(root, "var/lib/dpkg/status", `${status.trimEnd()}\n`);
  for (const name of names) {
    const list = execFileSync("dpkg-query", ["-L", name], { encoding: "utf8" });
    put(root, `var/lib/dpkg/info/${name}.list`, list);
    for (const path of list.trim().split("\n")) copyFile(root, path);
  }
}

function copyFile(root: string, path: string): void {
  if (!existsSync(path) || statSync(path).isDirectory()) return;
  mkdirSync(dirname(join(root, path)), { recursive: true });
  cpSync(path, join(root, path), { verbatimSymlinks: true });
}

function put(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** The name `usr/bin/python3` of an interpreter. */
export function linkInterpreter(root: string, version: string): void {
  if (!existsSync(join(root, "usr/bin/python3"))) symlinkSync(`python${version}`, join(root, "usr/bin/python3"));
}
