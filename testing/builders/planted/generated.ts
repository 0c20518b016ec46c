import { type LdSoCacheEntry, writeLdSoCache } from "#lib/formats/ld-so-cache/index.ts";
import { buildElf } from "../elf.ts";
import { type HarmlessRebase, type PlantedFault, type PlantedLayer, toRebase } from "./planted-rebase.ts";

const LIBRARIES = "usr/lib/x86_64-linux-gnu";
const LIBC = `${LIBRARIES}/libc.so.6`;

function libc(...versions: readonly string[]): Uint8Array {
  return buildElf({ soname: "libc.so.6", versionsDefined: versions });
}

function cacheOf(...names: readonly string[]): Uint8Array {
  const entries = names.map(
    (name): LdSoCacheEntry => ({ name, path: `/lib/x86_64-linux-gnu/${name}`, flags: 0x303, hwcap: 0n }),
  );
  return writeLdSoCache({ entries, generator: "ldconfig (test) 2.41" });
}

function system(libraries: readonly string[], more: PlantedLayer = {}): PlantedLayer {
  const files = libraries.map((name) => [`${LIBRARIES}/${name}`, buildElf({ soname: name })] as const);
  const lib = { type: "2", link: "usr/lib" };
  return { lib, ...Object.fromEntries(files), "etc/ld.so.cache": cacheOf(...libraries), ...more };
}

/** Bundles in which a letter is a certificate. */
export function bundle(letters: string): string {
  return [...letters]
    .map((letter) => `-----BEGIN CERTIFICATE-----\n${letter.repeat(64)}\n-----END CERTIFICATE-----\n`)
    .join("");
}

const BUNDLE = "etc/ssl/certs/ca-certificates.crt";
const SCHEMAS = "usr/share/glib-2.0/schemas/gschemas.compiled";
const LOADERS = `${LIBRARIES}/gdk-pixbuf-2.0/2.10.0/loaders.cache`;
const GCONV = `${LIBRARIES}/gconv/gconv-modules.cache`;
const CACERTS = "etc/ssl/certs/java/cacerts";
const LOCALES = "usr/lib/locale/locale-archive";
const SOURCE = "usr/lib/python3.13/os.py";
const CODE = "usr/lib/python3.13/__pycache__/os.cpython-313.pyc";

/** The base changes a file that the image has a copy of. */
function changed(path: string) {
  return toRebase({ [path]: "old" }, { [path]: "new" }, { [path]: "own" });
}

export const PLANTED_GENERATED: readonly PlantedFault[] = [
  {
    name: "the linker's cache lists a library of the old base, and not the new one",
    path: "etc/ld.so.cache",
    rebase: toRebase(system(["libssl.so.1.1"]), system(["libssl.so.3"]), {
      [`${LIBRARIES}/libapp.so.1`]: buildElf({ soname: "libapp.so.1" }),
      "etc/ld.so.cache": cacheOf("libssl.so.1.1", "libapp.so.1"),
    }),
  },
  {
    name: "a bundle of certificates has one that the new base withdrew, and lacks another",
    path: BUNDLE,
    rebase: toRebase({ [BUNDLE]: bundle("AB") }, { [BUNDLE]: bundle("AC") }, { [BUNDLE]: bundle("ABX") }),
  },
  { name: "Java's certificates were changed on both sides", path: CACERTS, rebase: changed(CACERTS) },
  {
    name: "locales were compiled for an older C library",
    path: LOCALES,
    rebase: toRebase(
      { [LIBC]: libc("GLIBC_2.36") },
      { [LIBC]: libc("GLIBC_2.36", "GLIBC_2.41") },
      { [LOCALES]: "own" },
    ),
  },
  {
    name: "the cache of character sets is for an older C library",
    path: GCONV,
    rebase: toRebase({ [LIBC]: libc("GLIBC_2.36") }, { [LIBC]: libc("GLIBC_2.41") }, { [GCONV]: "own" }),
  },
  {
    name: "byte code for a source that changed, with the same time and length",
    path: CODE,
    rebase: toRebase({ [SOURCE]: "a = 1" }, { [SOURCE]: "a = 2" }, { [CODE]: "compiled" }),
  },
  {
    name: "byte code beside a source that is gone",
    path: "usr/lib/app/plugin.pyc",
    rebase: toRebase(
      { "usr/lib/app/plugin.py": "a = 1" },
      { "usr/lib/app/other.py": "a = 1" },
      {
        "usr/lib/app/plugin.pyc": "compiled",
      },
    ),
  },
  { name: "settings of GLib were compiled without those of the new base", path: SCHEMAS, rebase: changed(SCHEMAS) },
  { name: "the list of image loaders is the old base's", path: LOADERS, rebase: changed(LOADERS) },
  {
    name: "the kernel's first file system has programs of the old base",
    path: "boot/initrd.img-6.12",
    rebase: changed("boot/initrd.img-6.12"),
  },
].map((fault) => ({ check: "generated", kind: "copy-outdated", ...fault }) as const);

export const HARMLESS_GENERATED: readonly HarmlessRebase[] = [
  {
    name: "the base did not change its bundle of certificates",
    rebase: toRebase({ [BUNDLE]: bundle("AB") }, { [BUNDLE]: bundle("AB") }, { [BUNDLE]: bundle("ABX") }),
  },
  {
    name: "the image has the bundle of the new base already",
    rebase: toRebase({ [BUNDLE]: bundle("AB") }, { [BUNDLE]: bundle("AC") }, { [BUNDLE]: bundle("AC") }),
  },
  {
    name: "the linker's cache lists what is there on the new base, too",
    rebase: toRebase(system(["libssl.so.3"]), system(["libssl.so.3"], { "etc/issue": "13.2" }), {
      [`${LIBRARIES}/libapp.so.1`]: buildElf({ soname: "libapp.so.1" }),
      "etc/ld.so.cache": cacheOf("libssl.so.3", "libapp.so.1"),
    }),
  },
  {
    name: "locales for the same release of the C library",
    rebase: toRebase({ [LIBC]: libc("GLIBC_2.41") }, { [LIBC]: libc("GLIBC_2.41", "OTHER") }, { [LOCALES]: "own" }),
  },
  {
    name: "byte code for a source with a later time",
    rebase: toRebase(
      { [SOURCE]: { body: "a = 1", mtime: 1 } },
      { [SOURCE]: { body: "a = 2", mtime: 2 } },
      {
        [CODE]: "compiled",
      },
    ),
  },
  { name: "a choice of an alternative", rebase: changed("etc/alternatives/editor") },
  { name: "a cache of fonts", rebase: changed("var/cache/fontconfig/a.cache-9") },
];
