import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { areInstalled } from "./registry.ts";

/** What a file system says of a name: all that may differ between two trees. */
export interface UnpackedName {
  readonly mode: number;
  readonly owner: readonly [uid: number, gid: number];
  /** Nanoseconds, as text. */
  readonly mtime: string;
  readonly device: number;
  readonly target: string | null;
  readonly sha256: string | null;
  readonly xattrs: Readonly<Record<string, string>>;
  /** All names of its inode; of a directory none. */
  readonly links: readonly string[];
}

// Node has no extended attributes, and gives names that are not UTF-8 as other names.
const WALK = `
import base64, hashlib, json, os, stat, sys
root = os.fsencode(sys.argv[1])
names, inodes = {}, {}
def visit(path, name):
    st = os.lstat(path)
    kind = stat.S_IFMT(st.st_mode)
    names[name] = {
        "mode": st.st_mode, "owner": [st.st_uid, st.st_gid], "mtime": str(st.st_mtime_ns), "device": st.st_rdev,
        "target": os.readlink(path).decode("latin1") if kind == stat.S_IFLNK else None,
        "sha256": hashlib.sha256(open(path, "rb").read()).hexdigest() if kind == stat.S_IFREG else None,
        "xattrs": {a: base64.b64encode(os.getxattr(path, a, follow_symlinks=False)).decode() for a in os.listxattr(path, follow_symlinks=False)},
        "links": [] if kind == stat.S_IFDIR else inodes.setdefault(st.st_ino, []),
    }
    if kind != stat.S_IFDIR:
        inodes[st.st_ino].append(name)
visit(root, ".")
for folder, directories, files in os.walk(root):
    for each in sorted(directories + files):
        path = os.path.join(folder, each)
        visit(path, os.path.relpath(path, root).decode("latin1"))
for each in names.values():
    each["links"] = sorted(each["links"])
print(json.dumps(names))
`;

/** Whether images can be unpacked here with their owners and devices. */
export function canUnpack(): boolean {
  return areInstalled("umoci", "python3") && process.getuid?.() === 0;
}

/** Unpacks an image of a layout by umoci into a new folder; returns every name in its tree. umoci does not read zstd. */
export function unpackImage(layout: string, name: string, folder: string): Record<string, UnpackedName> {
  mkdirSync(folder, { recursive: true });
  const bundle = join(folder, "bundle");
  execFileSync("umoci", ["unpack", "--image", `${layout}:${name}`, bundle], { stdio: "pipe" });
  const listed = execFileSync("python3", ["-c", WALK, join(bundle, "rootfs")], { maxBuffer: 1 << 28 });
  return JSON.parse(listed.toString("utf8"));
}

/** Names of which two trees differ. */
export function differingNames(a: Record<string, UnpackedName>, b: Record<string, UnpackedName>): string[] {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return names.filter((name) => JSON.stringify(a[name]) !== JSON.stringify(b[name]));
}
