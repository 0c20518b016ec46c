import type { HarmlessRebase } from "./planted-fault.ts";
import { directory, file, link, MERGED_USR, opaque, program, SPLIT_USR, whiteout } from "./small-bases.ts";

const UPDATED = [...MERGED_USR, program("usr/bin/sh", "bin/sh, updated"), file("usr/lib/libc.so.6", "libc 3")];
const COPY = { history: [{ created_by: "base" }, { created_by: "COPY app.conf /etc/app.conf # buildkit" }] };

/** Rebases that work, each in another way. */
export const HARMLESS_REBASES: readonly HarmlessRebase[] = [
  {
    name: "An application in directories of its own, on a base with updates",
    sides: {
      oldBase: { layers: [MERGED_USR] },
      newBase: { layers: [UPDATED] },
      image: { layers: [[directory("app"), program("app/server")]], config: { Cmd: ["/app/server"] } },
    },
  },
  {
    name: "An application on a base that merged /usr, with nothing below what moved",
    sides: {
      oldBase: { layers: [SPLIT_USR] },
      newBase: { layers: [MERGED_USR] },
      image: { layers: [[directory("usr/local/bin"), program("usr/local/bin/server")]], config: { Cmd: ["server"] } },
    },
  },
  {
    name: "A configuration file that a COPY step replaced, and the new base changed",
    sides: {
      oldBase: { layers: [[...MERGED_USR, file("etc/app.conf", "1")]] },
      newBase: { layers: [[...MERGED_USR, file("etc/app.conf", "2")]] },
      image: { layers: [[file("etc/app.conf", "mine")]], document: COPY },
    },
  },
  {
    name: "Logs, caches and documentation on both sides",
    sides: {
      oldBase: { layers: [[...MERGED_USR, file("var/log/dpkg.log", "1"), file("usr/share/doc/sh/README", "1")]] },
      newBase: { layers: [[...MERGED_USR, file("var/log/dpkg.log", "2"), file("usr/share/doc/sh/README", "2")]] },
      image: { layers: [[file("var/log/dpkg.log", "1, 3"), whiteout("usr/share/doc"), file("tmp/x", "")]] },
    },
  },
  {
    name: "A base whose variables, ports and command changed under an image that set others",
    sides: {
      oldBase: {
        layers: [MERGED_USR],
        config: { Env: ["PATH=/usr/bin", "V=1"], Cmd: ["sh"], Labels: { version: "1" } },
      },
      newBase: {
        layers: [UPDATED],
        config: { Env: ["PATH=/usr/bin:/bin", "V=2"], Cmd: ["env"], Labels: { version: "2" } },
      },
      image: {
        layers: [[program("usr/local/bin/server")]],
        config: {
          Env: ["PATH=/usr/local/bin:/usr/bin", "V=1", "W=3"],
          Cmd: ["server"],
          Labels: { version: "1", own: "x" },
        },
      },
    },
  },
  {
    name: "Files removed that the new base has as they were, or no more",
    sides: {
      oldBase: {
        layers: [[...MERGED_USR, program("usr/bin/gone"), directory("usr/games"), program("usr/games/chess")]],
      },
      newBase: { layers: [[...UPDATED, directory("usr/games"), program("usr/games/chess")]] },
      image: { layers: [[whiteout("usr/bin/gone"), whiteout("usr/games/chess"), directory("srv"), opaque("srv")]] },
    },
  },
  {
    name: "The same update in the image and in the new base",
    sides: {
      oldBase: { layers: [MERGED_USR] },
      newBase: { layers: [UPDATED] },
      image: {
        layers: [[file("usr/lib/libc.so.6", "libc 3"), directory("usr", { mtime: 7 }), link("usr/bin/server", "sh")]],
      },
    },
  },
  {
    name: "A health check, a stop signal and a volume above a base with two layers more",
    sides: {
      oldBase: { layers: [MERGED_USR] },
      newBase: { layers: [MERGED_USR, [file("etc/motd", "hello")], [program("usr/bin/curl")]] },
      image: {
        layers: [[program("usr/bin/app"), directory("data")], [file("app/config", "1")]],
        config: {
          Cmd: ["app"],
          Healthcheck: { Test: ["CMD", "/usr/bin/app", "--check"] },
          StopSignal: "SIGQUIT",
          Volumes: { "/data": {} },
        },
      },
    },
  },
];
