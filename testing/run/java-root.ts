import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Where Debian's packages put their archives. */
const DEBIANS = "/usr/share/java";

/** Debian's archives that are files, by their whole path. */
export function listDebianJars(): string[] {
  if (!existsSync(DEBIANS)) return [];
  const paths = readdirSync(DEBIANS).map((name) => join(DEBIANS, name));
  return paths.filter((path) => path.endsWith(".jar") && lstatSync(path).isFile()).sort();
}

/** An archive of these files, made by the JDK's own `jar`; with `0` in `flags` it does not compress. */
export function makeJar(archive: string, files: Readonly<Record<string, string>>, flags = ""): void {
  const folder = `${archive}.files`;
  for (const [path, source] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    if (source.startsWith("/")) copyFileSync(source, join(folder, path));
    else writeFileSync(join(folder, path), source);
  }
  mkdirSync(dirname(archive), { recursive: true });
  const manifest = join(folder, "META-INF/MANIFEST.MF");
  const mode = existsSync(manifest) ? [`cfm${flags}`, archive, manifest] : [`cf${flags}`, archive];
  execFileSync("jar", [...mode, "-C", folder, "."], { stdio: "pipe" });
  execFileSync("rm", ["-r", folder]);
}

/** The parts of the machine's Java runtime by which it is known, in another place. */
export function copyRuntime(directory: string): void {
  const home = dirname(dirname(realpathSync(execFileSync("which", ["java"], { encoding: "utf8" }).trim())));
  for (const path of ["release", "bin/java", "lib/libjli.so", "lib/jrt-fs.jar"]) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    copyFileSync(join(home, path), join(directory, path));
  }
}

/** One archive as Python's zipfile reads it. */
export interface NaiveArchive {
  /** From the root, with `!/` between an archive and what is in it. */
  readonly path: string;
  readonly poms: readonly { readonly groupId: string; readonly artifactId: string; readonly version: string }[];
  readonly mainClass: string;
  /** `GROUP:ARTIFACT` of a package, and of one that its pom.xml needs to run. */
  readonly needs: readonly (readonly [from: string, to: string])[];
}

const NAIVE = `
import io, json, os, sys, zipfile
import xml.etree.ElementTree as tree
NS = "{http://maven.apache.org/POM/4.0.0}"
def needs(name, data):
    own = name.split("/")[2:4]
    for d in tree.fromstring(data).findall(NS + "dependencies/" + NS + "dependency"):
        group, artifact, scope = [(d.findtext(NS + k) or "").strip() for k in ("groupId", "artifactId", "scope")]
        if scope in ("", "compile", "runtime"): yield [":".join(own), group.replace("\${project.groupId}", own[0]) + ":" + artifact]
found = []
def read(path, data):
    archive = {"path": path, "poms": [], "mainClass": "", "needs": []}
    found.append(archive)
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        for name in z.namelist():
            if name.startswith("META-INF/maven/") and name.endswith("/pom.properties"):
                lines = [l.strip().split("=", 1) for l in z.read(name).decode().splitlines() if "=" in l and not l.startswith("#")]
                archive["poms"].append({k: v for k, v in lines if k in ("groupId", "artifactId", "version")})
            if name.startswith("META-INF/maven/") and name.endswith("/pom.xml"): archive["needs"] += needs(name, z.read(name))
            if name == "META-INF/MANIFEST.MF":
                for line in z.read(name).decode().replace("\\r\\n ", "").replace("\\n ", "").splitlines():
                    if line.startswith("Main-Class: "): archive["mainClass"] = line[12:]
                    if line == "": break
            if name.endswith((".jar", ".war")): read(path + "!/" + name, z.read(name))
root = sys.argv[1]
for folder, _, names in os.walk(root):
    for name in names:
        if name.endswith((".jar", ".war", ".ear")):
            path = os.path.join(folder, name)
            read(os.path.relpath(path, root), open(path, "rb").read())
print(json.dumps(found))
`;

/** Every archive under a directory, and those in them, read by a naive program. */
export function readNaively(root: string): NaiveArchive[] {
  return JSON.parse(execFileSync("python3", ["-c", NAIVE, root], { encoding: "utf8", maxBuffer: 2 ** 28 }));
}

/** The names of the files of `archives`, each in a folder of an archive. */
export function filesIn(folder: string, archives: readonly string[]): Record<string, string> {
  return Object.fromEntries(archives.map((path) => [`${folder}/${basename(path)}`, path]));
}
