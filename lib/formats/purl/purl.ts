import { PackageURL, type PurlQualifiers } from "packageurl-js";
import { type Distribution, releaseLine } from "./os-release.ts";

/**
 * `pkg:deb/DISTRO/NAME@VERSION?arch=ARCH&distro=ID-LINE` (purl-spec, type `deb`), LINE the release line. DISTRO is Debian if the
 * tree has no os-release.
 */
export function debPurl(name: string, version: string, arch: string, distribution: Distribution): string {
  return spell("deb", distribution.id || "debian", name, version, qualifiers(arch, distribution));
}

/** `pkg:apk/DISTRO/NAME@VERSION?arch=ARCH&distro=ID-LINE` (purl-spec, type `apk`); Alpine by default. */
export function apkPurl(name: string, version: string, arch: string, distribution: Distribution): string {
  return spell("apk", distribution.id || "alpine", name, version, qualifiers(arch, distribution));
}

/** `pkg:npm/%40scope/name@version` (purl-spec, type `npm`: the scope is the namespace). `version` may be "". */
export function npmPurl(name: string, version: string): string {
  const slash = name.startsWith("@") ? name.indexOf("/") : -1;
  return spell("npm", slash < 0 ? "" : name.slice(0, slash), name.slice(slash + 1), version, {});
}

function qualifiers(arch: string, distribution: Distribution): PurlQualifiers {
  const { id } = distribution;
  const line = releaseLine(distribution);
  const found: PurlQualifiers = {};
  if (arch !== "") found.arch = arch;
  if (id !== "" && line !== "") found.distro = `${id}-${line}`;
  return found;
}

/** Names come from JSON, which may contain a lone surrogate; percent-encoding cannot express it. */
function spell(type: string, namespace: string, name: string, version: string, found: PurlQualifiers): string {
  const [space, base, number] = [namespace, name, version].map((part) => part.toWellFormed());
  return new PackageURL(type, space || undefined, base!, number || undefined, found).toString();
}
