import {
  type DebPackage,
  type Diversion,
  parseConffiles,
  parseDiversions,
  parseFileList,
  parseMd5sums,
  parseStatus,
} from "#lib/formats/dpkg/index.ts";
import { type Distribution, debPurl } from "#lib/formats/purl/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { claimTree } from "./claim-tree.ts";
import { addDebEdges, type InstalledDeb } from "./deb-edges.ts";
import type { Discovery } from "./discovery.ts";
import { type Document, parseDocument, readDocument, readNode } from "./documents.ts";
import { ListedPaths } from "./owner-table.ts";

const DATABASE = "var/lib/dpkg";

/**
 * Detects Debian packages: those of `var/lib/dpkg/status`, and of `status.d/*` in images built without dpkg. A package is its
 * name and architecture (Multi-Arch: same packages may be installed in two); of two records the first counts.
 */
export function detectDebs(discovery: Discovery, distribution: Distribution): InstalledDeb[] {
  const found = new DebCollector(discovery, distribution);
  const status = readDocument(discovery, `${DATABASE}/status`);
  if (status !== undefined) found.add(status, "");
  for (const node of findMembers(discovery)) {
    const document = readNode(discovery, node);
    if (document !== undefined) found.add(document, node.name);
  }
  claimFiles(discovery, found.debs);
  addDebEdges(discovery, found.debs);
  return found.debs;
}

// The control files are beside the package's record, named like dpkg's own info/NAME.KIND. Names may contain dots (lua5.4).
const CONTROL_FILE =
  /\.(?:md5sums|list|conffiles|preinst|postinst|prerm|postrm|shlibs|symbols|triggers|templates|config)$/;

function findMembers(discovery: Discovery): FileNode[] {
  const directory = discovery.tree.resolve(`${DATABASE}/status.d`);
  const members = [...(directory?.children.values() ?? [])].filter((node) => !CONTROL_FILE.test(node.name));
  return members.sort((a, b) => (a.name < b.name ? -1 : 1));
}

class DebCollector {
  readonly debs: InstalledDeb[] = [];
  readonly #discovery: Discovery;
  readonly #known = new Set<string>();
  readonly #distribution: Distribution;

  constructor(discovery: Discovery, distribution: Distribution) {
    this.#discovery = discovery;
    this.#distribution = distribution;
  }

  /** Adds the packages of one file. `member` is its name in `status.d`, where the Status field may be missing. */
  add({ path, text }: Document, member: string): void {
    const { value, problems } = parseStatus(text, member === "");
    this.#discovery.addProblems(path, problems);
    for (const found of value) {
      const key = `${found.name}:${found.arch}`;
      if (this.#known.has(key)) {
        this.#discovery.addProblem(path, { code: "bad-package-database", message: `${key} is listed twice` });
      } else this.debs.push({ package: this.#limit(found), index: this.#addComponent(found), database: path, member });
      this.#known.add(key);
    }
  }

  #limit(found: DebPackage): DebPackage {
    const dependencies = this.#discovery.takeDeclarations(found.dependencies);
    return { ...found, dependencies, provides: this.#discovery.takeDeclarations(found.provides) };
  }

  #addComponent({ name, version, arch }: DebPackage): number {
    const identity = debPurl(name, version, arch, this.#distribution);
    return this.#discovery.addComponent({ kind: "deb", name, version, identity, instancePath: "" });
  }
}

/**
 * Assigns packages the files they list. First all lists, then all conffiles: a configuration file that one package lists and
 * another merely remembers belongs to the first.
 *
 * A package of `status.d` without a `.md5sums` beside it owns its documentation (Debian policy 12.5 says where it is) and nothing
 * else: the image does not list its files. No package lists dpkg's own records of it (`info/NAME.*`).
 */
function claimFiles(discovery: Discovery, debs: readonly InstalledDeb[]): void {
  const claims = new DebClaims(discovery);
  for (const deb of debs) claims.claimList(deb);
  for (const deb of debs) claims.claimConffiles(deb);
  claims.reportMissing();
}

class DebClaims {
  readonly #discovery: Discovery;
  readonly #paths: ListedPaths;
  readonly #information: ReadonlyMap<string, FileNode>;
  readonly #members: ReadonlyMap<string, FileNode>;
  readonly #diversions = new Map<string, Diversion>();
  readonly #missing: string[] = [];
  #hasSums = false;
  readonly #unlisted: string[] = [];

  constructor(discovery: Discovery) {
    this.#discovery = discovery;
    this.#paths = new ListedPaths(discovery.tree);
    this.#information = discovery.tree.resolve(`${DATABASE}/info`)?.children ?? new Map();
    this.#members = discovery.tree.resolve(`${DATABASE}/status.d`)?.children ?? new Map();
    const document = readDocument(discovery, `${DATABASE}/diversions`);
    const diversions = parseDocument(discovery, document, parseDiversions) ?? [];
    for (const diversion of diversions) this.#diversions.set(diversion.path, diversion);
  }

  claimList(deb: InstalledDeb): void {
    const isMember = deb.member !== "";
    const node = isMember ? this.#members.get(`${deb.member}.md5sums`) : this.#controlFile(deb, "list");
    if (node !== undefined) this.#hasSums ||= isMember;
    else if (isMember) this.#claimDocumentation(deb);
    else this.#missing.push(deb.package.name);
    this.#claim(this.#parse(node, isMember ? parseMd5sums : parseFileList), deb);
  }

  #claimDocumentation({ package: { name }, index }: InstalledDeb): void {
    this.#unlisted.push(name);
    const directory = this.#discovery.tree.lookup(`usr/share/doc/${name}`);
    if (directory !== undefined) claimTree(this.#discovery, directory, index);
  }

  claimConffiles(deb: InstalledDeb): void {
    this.#claim(deb.package.conffiles, deb);
    const node = deb.member === "" ? this.#controlFile(deb, "conffiles") : undefined;
    this.#claim(this.#parse(node, parseConffiles), deb);
  }

  #parse(node: FileNode | undefined, parse: typeof parseFileList): readonly string[] {
    const document = node === undefined ? undefined : readNode(this.#discovery, node);
    return parseDocument(this.#discovery, document, parse) ?? [];
  }

  /** dpkg, too, continues as if such a package had no files. One problem for all: stripped images have no list at all. */
  reportMissing(): void {
    const missing = countNames(this.#missing);
    if (missing !== "") this.#report("info", `no list of files for ${missing}`);
    const unlisted = this.#hasSums ? "" : countNames(this.#unlisted);
    const meaning = "the image was built without lists of files, so that the sizes are those of documentation alone:";
    if (unlisted !== "") this.#report("status.d", `${meaning} ${unlisted}`);
  }

  #report(place: string, message: string): void {
    this.#discovery.addProblem(`${DATABASE}/${place}`, { code: "bad-package-database", message });
  }

  /** Multi-Arch: same packages have their architecture in the names of their control files, others do not. */
  #controlFile({ package: { name, arch } }: InstalledDeb, kind: string): FileNode | undefined {
    return this.#information.get(`${name}:${arch}.${kind}`) ?? this.#information.get(`${name}.${kind}`);
  }

  #claim(paths: readonly string[], deb: InstalledDeb): void {
    for (const path of paths) {
      const node = this.#paths.find(this.#diverted(path, deb.package.name));
      if (node !== undefined) this.#discovery.owners.claim(node, deb.index);
    }
  }

  /**
   * The path at which a package's listed file is (dpkg-divert(1)): the diverting package keeps the path, all others' file is at
   * the other one. Diversions apply to paths as written, before any link: the merged /usr diverts `/lib/x`, which affects only
   * packages that still list `/lib/x`.
   */
  #diverted(path: string, name: string): string {
    const diversion = this.#diversions.get(path);
    return diversion === undefined || diversion.package === name ? path : diversion.divertedTo;
  }
}

/** Their number and the first names; "" if there are none. */
function countNames(names: readonly string[]): string {
  if (names.length === 0) return "";
  return `${names.length} packages (${names.slice(0, 10).join(", ")}${names.length > 10 ? ", …" : ""})`;
}
