import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Programs of the steps, copied with their libraries from this machine: no image has to be pulled. */
const PROGRAMS = ["sh", "rm", "mkdir", "cp", "ln", "chown"];

/** Whether `buildah` can run a step here: it may be missing, or not be allowed to. */
export function canBuild(folder: string): boolean {
  try {
    buildImage(folder, { name: "try", steps: ["mkdir /tried"] });
    return true;
  } catch {
    return false;
  }
}

interface BuiltImage {
  readonly name: string;
  /** Lines of a Dockerfile with an instruction, or shell commands of a RUN step each. */
  readonly steps: readonly string[];
}

/** Builds an image on a base with a shell; returns the source to scan. */
export function buildImage(folder: string, { name, steps }: BuiltImage): string {
  const context = join(folder, "context");
  copyPrograms(context);
  const lines = steps.map((step) =>
    /^(?:COPY|ENV) /.test(step) ? step : `RUN ["/usr/bin/sh", "-c", ${JSON.stringify(step)}]`,
  );
  const file = join(folder, `${name}.containerfile`);
  writeFileSync(file, ["FROM scratch", "COPY base /", ...lines, ""].join("\n"));
  const target = `oci:${join(folder, "layout")}:${name}`;
  const storage = ["--root", join(folder, "root"), "--runroot", join(folder, "runroot"), "--storage-driver", "vfs"];
  const build = ["build", "--isolation", "chroot", "--layers", ...listLimits(), "-f", file, "-t", target, context];
  execFileSync("buildah", [...storage, ...build], { stdio: "pipe", timeout: 60_000 });
  return target;
}

/** The limits of this process: buildah would raise them, which only an administrator may. */
function listLimits(): string[] {
  const limit = (flag: string) =>
    execFileSync("sh", ["-c", `ulimit -H${flag} 2>/dev/null || echo 1024`], { encoding: "utf8" }).trim();
  const known = [
    ["nofile", limit("n")],
    ["nproc", limit("p") || limit("u")],
  ].filter(([, value]) => /^\d+$/.test(value!));
  return known.flatMap(([name, value]) => ["--ulimit", `${name}=${value}:${value}`]);
}

function copyPrograms(context: string): void {
  for (const program of PROGRAMS) {
    const found = execFileSync("sh", ["-c", `command -v ${program}`], { encoding: "utf8" }).trim();
    const libraries = execFileSync("ldd", [found], { encoding: "utf8" }).match(/\/\S+/g) ?? [];
    copy(found, join(context, "base/usr/bin", program));
    for (const library of libraries) if (!library.endsWith(":")) copy(library, join(context, "base", library));
  }
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(realpathSync(from), to);
}
