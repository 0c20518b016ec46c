import type { TestRebase } from "../builders/rebase-sides.ts";
import type { TarMember } from "../builders/tar.ts";
import type { PlantedFault } from "./planted-fault.ts";
import { directory, file, link, MERGED_USR, program } from "./small-bases.ts";

type Config = Readonly<Record<string, unknown>>;

interface Given {
  readonly old: readonly TarMember[];
  readonly now: readonly TarMember[];
  readonly upper?: readonly TarMember[];
  /** Of the image; both bases start a shell. */
  readonly config: Config;
  readonly base?: Config;
}

function rebaseOf({ old, now, upper = [], config, base = { Cmd: ["/bin/sh"] } }: Given): TestRebase {
  const layer = (members: readonly TarMember[]) => [[...MERGED_USR, ...members]];
  return {
    oldBase: { layers: layer(old), config: base },
    newBase: { layers: layer(now), config: base },
    image: { layers: [upper], config: { ...base, ...config } },
  };
}

type ConfigurationFault = readonly [name: string, path: string, given: Given];

const JAVA = (version: number) => [
  directory(`usr/lib/jvm/java-${version}`),
  program(`usr/lib/jvm/java-${version}/bin/java`),
  link("usr/bin/java", `../lib/jvm/java-${version}/bin/java`),
];

const FAULTS: readonly ConfigurationFault[] = [
  [
    "JAVA_HOME, set above the base, of a Java that the new base has not",
    "usr/lib/jvm/java-17",
    {
      old: JAVA(17),
      now: JAVA(21),
      upper: [file("app/app.jar", "jar")],
      config: { Env: ["JAVA_HOME=/usr/lib/jvm/java-17"], Cmd: ["java", "-jar", "/app/app.jar"] },
    },
  ],
  [
    "A command in a directory of a version that is gone",
    "usr/lib/postgresql/15/bin/postgres",
    {
      old: [program("usr/lib/postgresql/15/bin/postgres")],
      now: [program("usr/lib/postgresql/16/bin/postgres")],
      config: { Cmd: ["/usr/lib/postgresql/15/bin/postgres", "-D", "/data"] },
    },
  ],
  [
    "An entry point that PATH no longer finds",
    "usr/bin/tini",
    {
      old: [program("usr/bin/tini")],
      now: [],
      upper: [program("usr/bin/app")],
      config: { Entrypoint: ["tini", "--"], Cmd: ["app"] },
    },
  ],
  [
    "The program of a command line in shell form",
    "usr/sbin/apache2ctl",
    {
      old: [program("usr/sbin/apache2ctl")],
      now: [program("usr/sbin/httpd")],
      config: { Cmd: ["/bin/sh", "-c", "exec apache2ctl -D FOREGROUND"] },
    },
  ],
  [
    "The program of a health check",
    "usr/bin/curl",
    {
      old: [program("usr/bin/curl")],
      now: [],
      upper: [program("usr/bin/app")],
      config: { Cmd: ["app"], Healthcheck: { Test: ["CMD-SHELL", "curl -f http://localhost/ || exit 1"] } },
    },
  ],
  [
    "A file that an argument of the command names",
    "usr/share/app/default.conf",
    {
      old: [file("usr/share/app/default.conf", "x")],
      now: [file("usr/share/app/app.conf", "x")],
      upper: [program("usr/bin/app")],
      config: { Cmd: ["app", "/usr/share/app/default.conf"] },
    },
  ],
  [
    "A library that LD_PRELOAD names",
    "usr/lib/libjemalloc.so.1",
    {
      old: [file("usr/lib/libjemalloc.so.1", "x")],
      now: [file("usr/lib/libjemalloc.so.2", "x")],
      config: { Env: ["LD_PRELOAD=/usr/lib/libjemalloc.so.1"] },
    },
  ],
  [
    "An entry point below a directory that was renamed",
    "opt/tool/bin/tool",
    {
      old: [program("opt/tool/bin/tool")],
      now: [program("opt/tool-2/bin/tool")],
      config: { Entrypoint: ["/opt/tool/bin/tool"] },
    },
  ],
];

export const CONFIGURATION_FAULTS: readonly PlantedFault[] = FAULTS.map(([name, path, given]) => {
  return { check: "configuration", name, sides: rebaseOf(given), expected: { kind: "path-missing", path } };
});
