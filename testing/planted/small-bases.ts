import type { TarMember } from "../builders/tar.ts";

export function directory(path: string, more: Partial<TarMember> = {}): TarMember {
  return { path: `${path}/`, type: "5", mode: 0o755, ...more };
}

export function link(path: string, target: string): TarMember {
  return { path, type: "2", link: target, mode: 0o777 };
}

export function file(path: string, body: string, more: Partial<TarMember> = {}): TarMember {
  return { path, body, ...more };
}

export function program(path: string, body = path): TarMember {
  return file(path, body, { mode: 0o755 });
}

export function whiteout(path: string): TarMember {
  return { path: path.replace(/[^/]*$/, (name) => `.wh.${name}`) };
}

export function opaque(path: string): TarMember {
  return { path: `${path}/.wh..wh..opq` };
}

/** A base before its distribution merged /bin into /usr, and the same afterwards. */
export const SPLIT_USR: readonly TarMember[] = [
  directory("bin"),
  program("bin/sh"),
  directory("lib"),
  file("lib/libc.so.6", "libc 1"),
  directory("usr"),
  directory("usr/bin"),
  program("usr/bin/env"),
  directory("etc"),
  file("etc/os-release", "ID=small\nVERSION_ID=1\n"),
];
export const MERGED_USR: readonly TarMember[] = [
  directory("usr"),
  directory("usr/bin"),
  directory("usr/lib"),
  link("bin", "usr/bin"),
  link("lib", "usr/lib"),
  program("usr/bin/sh", "bin/sh"),
  program("usr/bin/env"),
  file("usr/lib/libc.so.6", "libc 2"),
  directory("etc"),
  file("etc/os-release", "ID=small\nVERSION_ID=2\n"),
];
