/** Names of single files: patches, sources, scripts and derivations. What their names end with is no version. */
const FILE_NAME =
  /\.(?:drv|patch|diff|tar|tgz|tbz2?|txz|gz|bz2|xz|lz|lzma|zst|zip|7z|jar|gem|whl|crate|deb|rpm|sh|bash|pl|py|rb|js|el|scm|c|h|nix|xml|xsl|css|json|toml|ya?ml|txt|conf|cfg|ini|rules|crt|pem|asc|sig)$/i;

/** `4.4.91`, `2.41-12+deb13u5` or `9.4-beta`; not `128-unwrapped`, which is another build of 128. */
const VERSION = /^\d[^-]*(?:-(?:\d|alpha|beta|pre|rc|git|unstable)[^-]*)*$/i;

/** `CVE-2014-8141`: the number of a vulnerability. */
const VULNERABILITY = /(?:^|-)cve$/i;

/** Whether a store item's version tells it from other versions of one thing. `id` is its store path. */
export function hasStoreVersion({ id, name, version }: Readonly<Record<"id" | "name" | "version", string>>): boolean {
  return VERSION.test(version) && !FILE_NAME.test(id) && !VULNERABILITY.test(name);
}
