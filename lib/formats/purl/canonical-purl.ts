import { PackageURL, type PurlQualifiers } from "packageurl-js";
import { type ComponentKind, DISTRIBUTION_KINDS } from "#lib/model/component.ts";
import { releaseLine } from "./os-release.ts";
import { writtenName } from "./purl.ts";

/** A purl as this product writes it, and what it says. */
export interface CanonicalPurl {
  readonly identity: string;
  readonly kind: ComponentKind;
  /** The name by which package managers know it: with the scope of an npm package, the path of a Go module. */
  readonly name: string;
  readonly version: string;
}

const KINDS: ReadonlySet<string> = new Set<ComponentKind>([
  ...DISTRIBUTION_KINDS,
  "npm",
  "pypi",
  "conda",
  "golang",
  "cargo",
  "gem",
  "composer",
  "maven",
  "nuget",
]);

/** Types whose namespace is a distribution, not a part of the name. */
const DISTRIBUTED: ReadonlySet<string> = new Set(DISTRIBUTION_KINDS);

/** Qualifiers that say where a package was found or built from: two copies of one package differ in them. */
const PLACES = ["vcs_url", "download_url", "checksum", "checksums", "file_name", "upstream", "package-id"];

const DISTRO = /^(?:(.*)-)?(\d[^-]*)$/;

/**
 * A purl of any tool in this product's spelling, so that it equals what a scan finds: percent-encoding as specified, no qualifiers
 * about places, the distribution's release line instead of its point release, and Debian's epoch inside the version. (An rpm's epoch
 * is a qualifier, as specified, and part of the version that people read.)
 * `undefined` if it is not a purl.
 */
export function canonicalPurl(text: string): CanonicalPurl | undefined {
  const purl = parse(text);
  if (purl === undefined) return undefined;
  const { type, namespace = "", name } = purl;
  const qualifiers: PurlQualifiers = { ...purl.qualifiers };
  const version = type === "deb" ? takeEpoch(purl.version ?? "", qualifiers) : (purl.version ?? "");
  if (type === "rpm" && qualifiers.epoch === "0") delete qualifiers.epoch;
  for (const key of PLACES) delete qualifiers[key];
  const isDistributed = DISTRIBUTED.has(type);
  if (isDistributed && qualifiers.distro) qualifiers.distro = toReleaseLine(qualifiers.distro, namespace);
  const identity = spell(purl, version, qualifiers);
  if (identity === undefined) return undefined;
  return {
    identity,
    kind: KINDS.has(type) ? (type as ComponentKind) : "other",
    name: namespace === "" || isDistributed ? name : `${namespace}/${name}`,
    version: type === "rpm" && qualifiers.epoch ? `${qualifiers.epoch}:${version}` : version,
  };
}

/** A component that no ecosystem is named for: `pkg:generic/NAME@VERSION`. */
export function genericPurl(name: string, version: string): string {
  return new PackageURL(
    "generic",
    undefined,
    writtenName(name.toWellFormed()),
    version.toWellFormed() || undefined,
  ).toString();
}

function parse(text: string) {
  try {
    const { type, namespace, name, version, qualifiers, subpath } = PackageURL.fromString(text);
    return { type, namespace: namespace || undefined, name, version: version || undefined, qualifiers, subpath };
  } catch {
    return undefined;
  }
}

/** The version with the epoch that some tools write as a qualifier of a deb's purl. */
function takeEpoch(version: string, qualifiers: PurlQualifiers): string {
  const { epoch } = qualifiers;
  if (!epoch) return version;
  delete qualifiers.epoch;
  return /^\d+:/.test(version) || epoch === "0" ? version : `${epoch}:${version}`;
}

/** `debian-13.1` → `debian-13`; `3.19.4` of an Alpine package → `alpine-3.19`; a code name stays as it is. */
function toReleaseLine(distro: string, namespace: string): string {
  const [, id = namespace, version] = DISTRO.exec(distro) ?? [];
  return version === undefined ? distro : `${id}-${releaseLine({ id, version })}`;
}

/** `undefined` for what the parser takes and the writer refuses. */
function spell(purl: NonNullable<ReturnType<typeof parse>>, version: string, qualifiers: PurlQualifiers) {
  const { type, namespace, name, subpath } = purl;
  try {
    const [space, base] = type === "golang" ? [namespace?.toLowerCase(), name.toLowerCase()] : [namespace, name];
    return new PackageURL(type, space, base, version || undefined, qualifiers, subpath).toString();
  } catch {
    return undefined;
  }
}
