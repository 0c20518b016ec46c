import type { ArchiveFacts } from "./archive-facts.ts";
import { type Coordinates, isMavenWord, toVersion } from "./coordinates.ts";

/** What an archive is, and from what that is known. */
export interface ArchiveIdentity extends Coordinates {
  /** "" where only Maven's own files would say it. */
  readonly groupId: string;
  readonly source: "pom.properties" | "manifest" | "file name";
  /** Other packages whose classes are in the archive (shaded), by their pom.properties. */
  readonly shaded: readonly Coordinates[];
}

const VERSIONED = /^(.+?)-(\d[A-Za-z0-9_.+-]*)$/;
const VERSIONS = ["Implementation-Version", "Bundle-Version", "Plugin-Version", "Specification-Version"];

/**
 * What an archive is: what its own pom.properties says, if one is the archive's (several may be those of shaded packages); else by the
 * name of its file, as Maven writes it, and its manifest. The group is taken from a manifest only where it is one.
 */
export function identifyArchive({ path, manifest, poms }: ArchiveFacts, fileName: string): ArchiveIdentity {
  const file = path === "" ? fileName : path.slice(path.lastIndexOf("/") + 1);
  const name = file.replace(/(?<=.)\.[^.]*$/, "");
  const [, stem = name, written = ""] = VERSIONED.exec(name) ?? [];
  const own = findOwn(poms, { name, stem, written, titles: listTitles(manifest) });
  if (own !== undefined) return { ...own, source: "pom.properties", shaded: poms.filter((pom) => pom !== own) };
  const stated = VERSIONS.map((key) => toVersion(manifest.get(key) ?? "")).find((version) => version !== "") ?? "";
  const groupId = findGroup(manifest, stem);
  const source = groupId !== "" || (written === "" && stated !== "") ? "manifest" : "file name";
  return { groupId, artifactId: stem, version: written || stated, source, shaded: poms };
}

interface Names {
  readonly name: string;
  readonly stem: string;
  readonly written: string;
  readonly titles: readonly string[];
}

/** The archive's own: of its file's name, or of its manifest's titles; or the only one, if the file's name does not deny it. */
function findOwn(poms: readonly Coordinates[], { name, stem, written, titles }: Names): Coordinates | undefined {
  const [whole, start] = [plain(name), plain(stem)];
  const byName = poms.filter(({ artifactId }) => [whole, start].includes(plain(artifactId)));
  const byTitle = poms.filter(({ artifactId }) => titles.includes(artifactId));
  const byStart = poms.filter(({ artifactId }) => whole.startsWith(`${plain(artifactId)}-`));
  const found = [byName, byTitle, byStart].find(({ length }) => length > 0)?.toSorted(compareLengths)[0];
  if (found !== undefined || poms.length !== 1) return found;
  return written === "" || written === poms[0]!.version ? poms[0] : undefined;
}

/** Files are also called `annotation-1.3-spec` for `annotation_1.3_spec`. */
function plain(name: string): string {
  return name.replace(/[._-]+/g, "-").toLowerCase();
}

function compareLengths(a: Coordinates, b: Coordinates): number {
  return b.artifactId.length - a.artifactId.length;
}

function listTitles(manifest: ArchiveFacts["manifest"]): string[] {
  const bundle = symbolicName(manifest);
  return [manifest.get("Implementation-Title") ?? "", bundle, bundle.slice(bundle.lastIndexOf(".") + 1)];
}

/** Directives may follow the name: `org.example.a;singleton:=true`. */
function symbolicName(manifest: ArchiveFacts["manifest"]): string {
  return (manifest.get("Bundle-SymbolicName") ?? "").split(";")[0]!.trim();
}

/** The vendor's id, or what a bundle's name has in front of the artifact. */
function findGroup(manifest: ArchiveFacts["manifest"], artifactId: string): string {
  const vendor = manifest.get("Implementation-Vendor-Id") ?? "";
  if (isMavenWord(vendor) && isMavenWord(artifactId)) return vendor;
  const bundle = symbolicName(manifest);
  const group = bundle.endsWith(`.${artifactId}`) ? bundle.slice(0, -artifactId.length - 1) : "";
  return isMavenWord(group) ? group : "";
}
