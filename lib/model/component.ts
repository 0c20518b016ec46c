/**
 * The kinds of components. Stored in the database by name. `other`: of another ecosystem, or of none that is named (SBOMs only).
 * `binary`: a program that no package owns. `manager`: the database, the lists or a cache of a package manager.
 */
export type ComponentKind =
  | "store"
  | "deb"
  | "apk"
  | "rpm"
  | "alpm"
  | "npm"
  | "pypi"
  | "conda"
  | "golang"
  | "cargo"
  | "gem"
  | "composer"
  | "maven"
  | "nuget"
  | "other"
  | "binary"
  | "manager"
  | "unowned";

/** The kinds whose packages make a distribution: they own programs, libraries and configuration of the whole system. */
export const DISTRIBUTION_KINDS = ["deb", "apk", "rpm", "alpm"] as const satisfies readonly ComponentKind[];

const DISTRIBUTIONS: ReadonlySet<ComponentKind> = new Set(DISTRIBUTION_KINDS);

export function isDistribution(kind: ComponentKind): boolean {
  return DISTRIBUTIONS.has(kind);
}

/** The evidence for an edge (the numbers are stored: append, never renumber). */
export const Evidence = { observed: 0, declared: 1, inferred: 2 } as const;
export type Evidence = (typeof Evidence)[keyof typeof Evidence];

/** A component before it has a node index. Its identity is its purl (for a store item, path and NAR hash). */
export interface Component {
  readonly kind: ComponentKind;
  /** The common name, without version or hash. */
  readonly name: string;
  readonly version: string;
  /** purl, `STORE-PATH`, `unowned:DIFFID`, `manager:NAME`, or `document:DIGEST` for an SBOM that names no subject. The same component in two artifacts has the same identity. */
  readonly identity: string;
  /**
   * The path of this instance, if one image may have several of one identity (npm; Python and conda: of its metadata); else "". Node id: `identity` or
   * `identity#path`.
   */
  readonly instancePath: string;
  /** Store items: the NAR hash as in the store's database (or STATED_HASH), and the deriver's path; else "". */
  readonly narHash?: string;
  readonly deriver?: string;
}

/**
 * In place of a NAR hash, for a store item or another identity that only an SBOM states: whatever that document says of it never
 * becomes a fact about what a scan finds under the same identity.
 */
export const STATED_HASH = "stated";

/** The id of a node, unique in its artifact, as the command line prints it. */
export function componentId(component: Component): string {
  return component.instancePath === "" ? component.identity : `${component.identity}#${component.instancePath}`;
}

/** An edge that package metadata declares or that was observed; `from` and `to` are positions in the list of components. */
export interface ComponentEdge {
  readonly from: number;
  readonly to: number;
  readonly evidence: Evidence;
  /** The evidence in one line: `Depends: libc6 (>= 2.38)`. "" for store references. */
  readonly detail: string;
}
