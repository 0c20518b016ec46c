import { type AdviceMask, maskOf } from "#lib/model/advice.ts";

const CACHES = maskOf(["caches"]);
const DOCUMENTATION = maskOf(["documentation"]);
const LOCALES = maskOf(["locales"]);
const STATIC_LIBRARIES = maskOf(["staticLibraries"]);
const TESTS = maskOf(["tests"]);

/**
 * Folders whose contents are made again on demand. FHS 3.0, 5.5: an application must be able to recover if `/var/cache` is emptied;
 * but debconf keeps its answers there.
 */
const CACHE_FOLDERS = [
  /^var\/cache\/(?!debconf\/)/,
  /^var\/lib\/apt\/lists\//,
  /^(?:etc|lib)\/apk\/cache\//,
  /^(?:root|home\/[^/]+)\/\.(?:cache|npm|ccache|composer\/cache|gradle\/caches|cargo\/registry|yarn\/cache)\//,
  /^usr\/local\/(?:cargo\/registry|share\/\.cache)\//,
  /(?:^|\/)go\/pkg\/mod\/cache\//,
  /(?:^|\/)node_modules\/\.cache\//,
  /(?:^|\/)conda\/pkgs\//,
  /(?:^|\/)(?:gems|bundle)\/(?:ruby\/)?[^/]+\/cache\/[^/]+\.gem$/,
];
const DOCUMENTATION_FOLDERS =
  /(?:^|\/)share\/(?:doc|man|info|lintian|linda|gtk-doc|help)\/|^usr\/(?:local\/)?(?:doc|man|info)\//;
/** Many licences require their text in every copy. */
const LICENCE = /\/(?:copyright|licen[cs]e[^/]*|copying[^/]*|notice[^/]*)$/i;
const LOCALE_FOLDERS = /(?:^|\/)share\/(?:locale|i18n)\/|^usr\/lib\/locale\//;
/** glibc's own for programs that ask for UTF-8, and a list that gettext reads. */
const NEEDED_LOCALES = /\/locale\/(?:C\.utf-?8\/|locale\.alias$)/i;
const STATIC_LIBRARY = /\.(?:a|rlib)$/;
/** A test folder below an installed package: a package may itself be called `test`. */
const TEST_FOLDERS =
  /(?:^|\/)(?:node_modules\/(?:@[^/]+\/)?[^/@][^/]*\/(?:.*\/)?(?:tests?|__tests__)|(?:site-packages|dist-packages|python[\d.]+)\/(?:.*\/)?(?:tests?)|gems\/[^/]+\/(?:.*\/)?(?:tests?|spec))\//;

/** The classes that claim a file by its path (without a leading slash). */
export function classifyPath(path: string): AdviceMask {
  let mask = 0;
  if (CACHE_FOLDERS.some((folder) => folder.test(path))) mask |= CACHES;
  if (DOCUMENTATION_FOLDERS.test(path) && !LICENCE.test(path)) mask |= DOCUMENTATION;
  if (LOCALE_FOLDERS.test(path) && !NEEDED_LOCALES.test(path)) mask |= LOCALES;
  if (STATIC_LIBRARY.test(path)) mask |= STATIC_LIBRARIES;
  if (TEST_FOLDERS.test(path)) mask |= TESTS;
  return mask;
}

/** The hash of a path in 53 bits (cyrb53): a collision misplaces one file. */
export function hashPath(path: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = 0; i < path.length; i++) {
    const code = path.charCodeAt(i);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
