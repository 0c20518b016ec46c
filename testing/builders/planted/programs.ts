import { buildElf, type TestElf } from "../elf.ts";
import { type HarmlessRebase, hardLink, type PlantedFault, symlink, toMembers, toRebase } from "./planted-rebase.ts";

const LOADER = "lib64/ld-linux-x86-64.so.2";
const LIBC = "lib/x86_64-linux-gnu/libc.so.6";
const SSL = { soname: "libssl.so.3", needed: ["libc.so.6"] };

function library(soname: string, elf: TestElf = {}): Uint8Array {
  return buildElf({ soname, ...elf });
}

function program(elf: TestElf = {}): Uint8Array {
  return buildElf({ type: 2, interpreter: `/${LOADER}`, needed: ["libc.so.6"], ...elf });
}

/** A system of the GNU C library in which programs start. */
function glibc(newest: number): Record<string, Uint8Array> {
  const versions = Array.from({ length: newest - 33 }, (_, i) => `GLIBC_2.${34 + i}`);
  return { [LOADER]: library("ld-linux-x86-64.so.2"), [LIBC]: library("libc.so.6", { versionsDefined: versions }) };
}

const NEEDS_238 = { versionsNeeded: { "libc.so.6": ["GLIBC_2.34", "GLIBC_2.38"] } };
const MUSL = { "lib/ld-musl-x86_64.so.1": library("libc.musl-x86_64.so.1") };

const ADDON = "srv/node_modules/bcrypt/build/Release/bcrypt.node";

function node(abi: number): Record<string, string> {
  return {
    "usr/local/bin/node": `${abi}`,
    "usr/local/include/node/node_version.h": `#define NODE_MODULE_VERSION ${abi}\n`,
  };
}

export const PLANTED_PROGRAMS: readonly PlantedFault[] = [
  {
    name: "a program needs GLIBC_2.38, and the new base has 2.36",
    kind: "symbol-version-missing",
    path: "usr/local/bin/app",
    rebase: toRebase(glibc(41), glibc(36), { "usr/local/bin/app": program(NEEDS_238) }),
  },
  {
    name: "a library of the image needs GLIBC_2.38, and no program of the image",
    kind: "symbol-version-missing",
    path: "opt/app/plugin.so",
    rebase: toRebase(glibc(41), glibc(36), {
      "opt/app/plugin.so": library("plugin.so", { needed: ["libc.so.6"], ...NEEDS_238 }),
    }),
  },
  {
    name: "the soname of a library goes from libssl.so.1.1 to libssl.so.3",
    kind: "library-missing",
    path: "usr/local/bin/app",
    rebase: toRebase(
      { ...glibc(36), "usr/lib/x86_64-linux-gnu/libssl.so.1.1": library("libssl.so.1.1") },
      { ...glibc(36), "usr/lib/x86_64-linux-gnu/libssl.so.3": buildElf(SSL) },
      { "usr/local/bin/app": program({ needed: ["libssl.so.1.1", "libc.so.6"] }) },
    ),
  },
  {
    name: "a library of one soname and no versions lost a function",
    kind: "library-too-old",
    path: "usr/local/bin/app",
    rebase: toRebase(
      { "usr/lib/libdb.so.1": library("libdb.so.1", { exports: ["db_open", "db_backup"] }) },
      { "usr/lib/libdb.so.1": library("libdb.so.1", { exports: ["db_open"] }) },
      { "usr/local/bin/app": program({ needed: ["libdb.so.1"], interpreter: "", imports: ["db_open", "db_backup"] }) },
    ),
  },
  {
    name: "a program of the new base calls a function that the image's copy of a library lacks",
    kind: "library-too-old",
    path: "usr/bin/tool",
    rebase: toRebase(
      {},
      {
        "usr/lib/libdb.so.1": library("libdb.so.1", { exports: ["db_open", "db_backup"] }),
        "usr/bin/tool": program({ needed: ["libdb.so.1"], interpreter: "", imports: ["db_backup"] }),
      },
      { "usr/lib/libdb.so.1": library("libdb.so.1", { exports: ["db_open"] }) },
    ),
  },
  {
    name: "a library moves to a directory where the linker does not look",
    kind: "library-missing",
    path: "opt/app/plugin.so",
    rebase: toRebase(
      { ...glibc(36), "usr/lib/libhelp.so.1": library("libhelp.so.1") },
      { ...glibc(36), "usr/lib/private/libhelp.so.1": library("libhelp.so.1") },
      { "opt/app/plugin.so": library("plugin.so", { needed: ["libhelp.so.1"] }) },
    ),
  },
  {
    name: "a program for glibc on a base with musl",
    kind: "interpreter-missing",
    path: "usr/local/bin/app",
    rebase: toRebase(glibc(36), MUSL, { "usr/local/bin/app": program() }),
  },
  {
    name: "a program of the new base finds an older library in an upper layer first",
    kind: "symbol-version-missing",
    path: "usr/bin/curl",
    rebase: toRebase(
      { ...glibc(36), "etc/ld.so.conf": "/usr/local/lib\n" },
      {
        ...glibc(36),
        "etc/ld.so.conf": "/usr/local/lib\n",
        "usr/lib/libz.so.1": library("libz.so.1", { versionsDefined: ["ZLIB_1.2", "ZLIB_1.3"] }),
        "usr/bin/curl": program({ needed: ["libz.so.1"], versionsNeeded: { "libz.so.1": ["ZLIB_1.3"] } }),
      },
      { "usr/local/lib/libz.so.1": library("libz.so.1", { versionsDefined: ["ZLIB_1.2"] }) },
    ),
  },
  {
    name: "an upper layer removed a library that a program of the new base needs",
    kind: "library-missing",
    path: "usr/bin/curl",
    rebase: toRebase(
      { ...glibc(36), "usr/lib/libz.so.1": library("libz.so.1") },
      {
        ...glibc(36),
        "usr/lib/libz.so.1": library("libz.so.1"),
        "usr/bin/curl": program({ needed: ["libz.so.1"] }),
      },
      { "usr/lib/.wh.libz.so.1": "" },
    ),
  },
  {
    name: "the interpreter of a script is gone",
    kind: "interpreter-missing",
    path: "usr/local/bin/tool",
    rebase: toRebase(
      { "usr/bin/python3.11": program() },
      { "usr/bin/python3.13": program() },
      {
        "usr/local/bin/tool": "#!/usr/bin/python3.11 -I\n",
      },
    ),
  },
  {
    name: "env no longer finds a script's interpreter on the PATH",
    kind: "interpreter-missing",
    path: "srv/app.js",
    rebase: toRebase(
      { "usr/local/bin/node": program() },
      { "opt/node/bin/node": program() },
      {
        "srv/app.js": "#!/usr/bin/env -S node --test\n",
      },
    ),
  },
  {
    name: "a link leads to a file that only the old base had",
    kind: "link-dangles",
    path: "usr/local/bin/java",
    rebase: toRebase(
      { "usr/lib/jvm/java-17/bin/java": program() },
      { "usr/lib/jvm/java-21/bin/java": program() },
      {
        "usr/local/bin/java": symlink("/usr/lib/jvm/java-17/bin/java"),
      },
    ),
  },
  {
    name: "a link over another link of the base leads nowhere",
    kind: "link-dangles",
    path: "srv/config",
    rebase: toRebase(
      { "etc/app/config": "a", "etc/current": symlink("app") },
      { "etc/app/config": "a", "etc/current": symlink("gone") },
      { "srv/config": symlink("../etc/current/config") },
    ),
  },
  {
    name: "a layer has another name of a body that only the old base has",
    kind: "link-dangles",
    path: "usr/local/bin/busybox",
    rebase: toRebase(
      { "bin/busybox": "old" },
      { "bin/sh": "new" },
      { "usr/local/bin/busybox": hardLink("bin/busybox") },
    ),
  },
  {
    name: "a layer has another name of such a body, which the layer above removes again",
    kind: "link-dangles",
    path: "usr/local/bin/busybox",
    rebase: {
      oldBase: { layers: [toMembers({ "bin/busybox": "old" })] },
      newBase: { layers: [toMembers({ "bin/sh": "new" })] },
      image: {
        layers: [
          toMembers({ "usr/local/bin/busybox": hardLink("bin/busybox") }),
          toMembers({ "usr/local/bin/.wh.busybox": "" }),
        ],
      },
    },
  },
  {
    name: "a layer has another name of a symlink that only the old base has",
    kind: "link-dangles",
    path: "usr/local/bin/ls",
    rebase: toRebase(
      { "bin/busybox": "a", "bin/ls": symlink("busybox") },
      { "bin/busybox": "a" },
      { "usr/local/bin/ls": hardLink("bin/ls") },
    ),
  },
  {
    name: "an upper layer removed what a link of the new base leads to",
    kind: "link-dangles",
    path: "bin/sh",
    rebase: toRebase(
      { "bin/sh": "old", "bin/dash": "a" },
      { "bin/dash": "b", "bin/sh": symlink("dash") },
      {
        "bin/.wh.dash": "",
      },
    ),
  },
  {
    name: "packages of a Python minor that is gone",
    kind: "runtime-missing",
    path: "usr/local/lib/python3.11",
    rebase: toRebase(
      { "usr/local/bin/python3.11": program() },
      { "usr/local/bin/python3.13": program() },
      {
        "usr/local/lib/python3.11/site-packages/flask/__init__.py": "",
      },
    ),
  },
  {
    name: "an extension that was compiled for a Python minor that is gone",
    kind: "runtime-missing",
    path: "usr/lib/python3/dist-packages/yaml/_yaml.cpython-311-x86_64-linux-gnu.so",
    rebase: toRebase(
      { "usr/bin/python3.11": program() },
      { "usr/bin/python3.13": program() },
      {
        "usr/lib/python3/dist-packages/yaml/_yaml.cpython-311-x86_64-linux-gnu.so": library(""),
      },
    ),
  },
  {
    name: "gems of a Ruby that is gone",
    kind: "runtime-missing",
    path: "usr/local/bundle/ruby/3.1.0",
    rebase: toRebase(
      { "usr/local/lib/ruby/3.1.0/set.rb": "" },
      { "usr/local/lib/ruby/3.3.0/set.rb": "" },
      {
        "usr/local/bundle/ruby/3.1.0/specifications/rack-3.0.0.gemspec": "",
      },
    ),
  },
  {
    name: "modules of a Perl that is gone",
    kind: "runtime-missing",
    path: "usr/local/lib/x86_64-linux-gnu/perl/5.36.0",
    rebase: toRebase(
      { "usr/bin/perl5.36.0": program() },
      { "usr/bin/perl5.40.1": program() },
      {
        "usr/local/lib/x86_64-linux-gnu/perl/5.36.0/JSON/XS.pm": "",
      },
    ),
  },
  {
    name: "an extension for another interface of PHP",
    kind: "runtime-missing",
    path: "usr/local/lib/php/extensions/no-debug-non-zts-20220829",
    rebase: toRebase(
      { "usr/local/lib/php/extensions/no-debug-non-zts-20220829/opcache.so": library("") },
      { "usr/local/lib/php/extensions/no-debug-non-zts-20240924/opcache.so": library("") },
      { "usr/local/lib/php/extensions/no-debug-non-zts-20220829/redis.so": library("") },
    ),
  },
  {
    name: "certificates in the home of a Java that is gone",
    kind: "runtime-missing",
    path: "opt/java/openjdk-17",
    rebase: toRebase(
      { "opt/java/openjdk-17/bin/java": program() },
      { "opt/java/openjdk-21/bin/java": program() },
      {
        "opt/java/openjdk-17/lib/security/cacerts": "own",
      },
    ),
  },
  {
    name: "an addon that was compiled for another major version of Node.js",
    kind: "runtime-missing",
    path: ADDON,
    rebase: toRebase(node(115), node(127), {
      [ADDON]: library("addon.node", { exports: ["node_register_module_v115"] }),
    }),
  },
  {
    name: "packages of npm without Node.js",
    kind: "runtime-missing",
    path: "srv/node_modules/left-pad/package.json",
    rebase: toRebase(
      { "usr/bin/node": program() },
      { "usr/bin/nothing": program() },
      {
        "srv/node_modules/left-pad/package.json": '{"name":"left-pad","version":"1.0.0"}',
      },
    ),
  },
].map((fault) => ({ check: "programs", ...fault }) as PlantedFault);

export const HARMLESS_PROGRAMS: readonly HarmlessRebase[] = [
  {
    name: "a newer C library",
    rebase: toRebase(glibc(36), glibc(41), {
      "usr/local/bin/app": program({ versionsNeeded: { "libc.so.6": ["GLIBC_2.36"] } }),
    }),
  },
  {
    name: "a library with more functions than before, and a symbol of the program that loads a plugin",
    rebase: toRebase(
      { "usr/lib/libdb.so.1": library("libdb.so.1", { exports: ["db_open"] }) },
      { "usr/lib/libdb.so.1": library("libdb.so.1", { exports: ["db_open", "db_backup"] }) },
      { "opt/plugin.so": library("plugin.so", { needed: ["libdb.so.1"], imports: ["db_open", "host_call"] }) },
    ),
  },
  {
    name: "an addon of Node-API with another major version of Node.js",
    rebase: toRebase(node(115), node(127), {
      [ADDON]: library("addon.node", { imports: ["napi_create_object"], exports: ["napi_register_module_v1"] }),
    }),
  },
  {
    name: "a static program on a base with nothing else",
    rebase: toRebase(glibc(36), { "etc/os-release": "" }, { "usr/local/bin/app": buildElf({ type: 2 }) }),
  },
  {
    name: "the same minor of Python with other files of its own",
    rebase: toRebase(
      { "usr/bin/python3.11": "3.11.2", "usr/lib/python3.11/os.py": "a" },
      { "usr/bin/python3.11": "3.11.9", "usr/lib/python3.11/os.py": "b" },
      { "usr/local/lib/python3.11/dist-packages/flask/__init__.py": "", "srv/app.py": "#!/usr/bin/env python3.11\n" },
    ),
  },
  {
    name: "byte code of a Python that is gone, and nothing else of it",
    rebase: toRebase(
      { "usr/bin/python3.11": program() },
      { "usr/bin/python3.13": program() },
      {
        "usr/lib/python3.11/__pycache__/os.cpython-311.pyc": "",
      },
    ),
  },
  {
    name: "a link into documentation that the new base leaves out",
    rebase: toRebase(
      { "usr/share/doc/libc6/changelog.gz": "a" },
      { "etc/os-release": "" },
      {
        "usr/share/doc/app/changelog.gz": symlink("../libc6/changelog.gz"),
      },
    ),
  },
  {
    name: "links to what only a running container has",
    rebase: toRebase(
      { "proc/mounts": "a" },
      { "etc/os-release": "" },
      {
        "etc/mtab": symlink("/proc/mounts"),
        "var/log/access.log": symlink("/dev/stdout"),
      },
    ),
  },
  {
    name: "a library that was missing before, too",
    rebase: toRebase(glibc(36), glibc(41), { "usr/local/bin/app": program({ needed: ["libmissing.so.1"] }) }),
  },
];
