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

/** `pkg:alpm/DISTRO/NAME@VERSION?arch=ARCH&distro=ID-LINE` (purl-spec, type `alpm`: in lower case); Arch by default. */
export function alpmPurl(name: string, version: string, arch: string, distribution: Distribution): string {
  const namespace = (distribution.id || "arch").toLowerCase();
  return spell("alpm", namespace, name.toLowerCase(), version, qualifiers(arch, distribution));
}

/** The vendor in a purl where it is not the distribution's id. */
const RPM_VENDORS: Readonly<Record<string, string>> = {
  rhel: "redhat",
  "opensuse-leap": "opensuse",
  "opensuse-tumbleweed": "opensuse",
};

/**
 * `pkg:rpm/VENDOR/NAME@VERSION-RELEASE?arch=ARCH&distro=ID-LINE&epoch=EPOCH` (purl-spec, type `rpm`). An epoch of 0 equals none
 * and is left out; without os-release there is no vendor, since rpm has no distribution of its own.
 */
export function rpmPurl(
  { name, version, arch, epoch }: { name: string; version: string; arch: string; epoch: string },
  distribution: Distribution,
): string {
  const found = qualifiers(arch, distribution);
  if (epoch !== "" && epoch !== "0") found.epoch = epoch;
  const vendor = Object.hasOwn(RPM_VENDORS, distribution.id) ? RPM_VENDORS[distribution.id]! : distribution.id;
  return spell("rpm", vendor, name, version, found);
}

/** `pkg:npm/%40scope/name@version` (purl-spec, type `npm`: the scope is the namespace). `version` may be "". */
export function npmPurl(name: string, version: string): string {
  const slash = name.startsWith("@") ? name.indexOf("/") : -1;
  return spell("npm", slash < 0 ? "" : name.slice(0, slash), name.slice(slash + 1), version, {});
}

/**
 * `pkg:generic/NAME?checksum=sha256:HEX` (purl-spec, type `generic`): a program of no ecosystem, known by its content. A purl needs a
 * name that is more than blanks; a file does not.
 */
export function binaryPurl(name: string, sha256: string): string {
  return spell("generic", "", name.trim() || "unnamed", "", { checksum: `sha256:${sha256}` });
}

/** `pkg:pypi/name@version` (purl-spec, type `pypi`: in lower case, with `-` for `_`). `version` may be "". */
export function pypiPurl(name: string, version: string): string {
  return spell("pypi", "", toPypiName(name), version, {});
}

/** The spelling of a Python distribution's name in a purl; dots stay. */
export function toPypiName(name: string): string {
  return name.replaceAll("_", "-").toLowerCase();
}

/** `pkg:conda/NAME@VERSION?build=BUILD&channel=CHANNEL&subdir=PLATFORM` (purl-spec, type `conda`). */
export function condaPurl({
  name,
  version,
  ...found
}: Record<"name" | "version" | "build" | "channel" | "subdir", string>): string {
  const { build, channel, subdir } = found;
  const stated = Object.entries({ build, channel, subdir }).filter(([, value]) => value !== "");
  const wellFormed = stated.map(([key, value]) => [key, value.toWellFormed()]);
  return spell("conda", "", name, version, Object.fromEntries(wellFormed));
}

/** `pkg:gem/name@version?platform=PLATFORM` (purl-spec, type `gem`); no platform for a gem of Ruby code, "". */
export function gemPurl(name: string, version: string, platform: string): string {
  return spell("gem", "", name, version, platform === "" ? {} : { platform });
}

/** `pkg:composer/vendor/name@version` (purl-spec, type `composer`). An application without a name of its own has no vendor. */
export function composerPurl(name: string, version: string): string {
  const slash = name.indexOf("/");
  return spell("composer", name.slice(0, Math.max(0, slash)), name.slice(slash + 1), version, {});
}

/** `pkg:maven/GROUP/ARTIFACT@VERSION` (purl-spec, type `maven`). `version` may be "". */
export function mavenPurl(groupId: string, artifactId: string, version: string): string {
  return spell("maven", groupId, artifactId, version, {});
}

/** `pkg:nuget/NAME@VERSION` (purl-spec, type `nuget`). */
export function nugetPurl(name: string, version: string): string {
  return spell("nuget", "", name, version, {});
}

/** `pkg:generic/VENDOR/java@VERSION`: a Java runtime that no package manager installed. */
export function javaRuntimePurl(vendor: string, version: string): string {
  const namespace = vendor
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return spell("generic", namespace, "java", version, {});
}

/** `pkg:golang/HOST/PATH@VERSION` (purl-spec, type `golang`: the module's path in lower case). `version` may be "". */
export function golangPurl(path: string, version: string): string {
  const slash = path.lastIndexOf("/");
  const [namespace, name] = [path.slice(0, Math.max(0, slash)), path.slice(slash + 1)];
  return spell("golang", namespace.toLowerCase(), name.toLowerCase(), version, {});
}

/** `pkg:cargo/name@version` (purl-spec, type `cargo`). */
export function cargoPurl(name: string, version: string): string {
  return spell("cargo", "", name, version, {});
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
  return new PackageURL(type, space || undefined, writtenName(base!), number || undefined, found).toString();
}

/** Names come from scanned bytes, and may be blanks alone: a purl would have no name, so that these are percent-encoded first. */
export function writtenName(name: string): string {
  return name.trim() === "" ? encodeURIComponent(name) : name;
}
