import { type Component, type ComponentKind, Evidence } from "#lib/model/component.ts";
import { EntryKind } from "#lib/model/layer.ts";
import { RootReason } from "#lib/model/root-reason.ts";
import type { Discovery } from "./discovery.ts";

/** Files that a package manager writes about packages, and that no package lists. */
interface ManagerData {
  readonly name: string;
  /** The packages that write it; the first that is installed is its referrer. */
  readonly managers: readonly { readonly kind: ComponentKind; readonly name: string }[];
  readonly folders: RegExp;
}

const ofDeb = (...names: string[]) => names.map((name) => ({ kind: "deb", name }) as const);
const ofApk = (...names: string[]) => names.map((name) => ({ kind: "apk", name }) as const);
const ofRpm = (...names: string[]) => names.map((name) => ({ kind: "rpm", name }) as const);
const PACMAN = [{ kind: "alpm", name: "pacman" } as const];
const DNF = ofRpm("dnf5", "dnf", "microdnf", "yum", "libdnf5", "libdnf");
const NPM = [{ kind: "npm", name: "npm" } as const, ...ofDeb("npm"), ...ofApk("npm"), ...ofRpm("npm", "nodejs-npm")];
const YARN = [
  ...["@yarnpkg/cli-dist", "yarn"].map((name) => ({ kind: "npm", name }) as const),
  ...ofDeb("yarn", "yarnpkg"),
  ...ofApk("yarn"),
  ...ofRpm("yarn", "yarnpkg"),
];
const PNPM = [{ kind: "npm", name: "pnpm" } as const, ...ofApk("pnpm"), ...ofRpm("pnpm")];
const PIP = [
  { kind: "pypi", name: "pip" } as const,
  ...ofDeb("python3-pip"),
  ...ofApk("py3-pip"),
  ...ofRpm("python3-pip"),
];

const GEM = [
  ...ofDeb("ruby-rubygems", "rubygems"),
  ...ofApk("ruby"),
  ...ofRpm("rubygems"),
  { kind: "gem", name: "bundler" } as const,
];

const COMPOSER = [...ofDeb("composer"), ...ofApk("composer"), ...ofRpm("composer")];

const GO = [{ kind: "binary", name: "Go" } as const, ...ofDeb("golang-go"), ...ofApk("go"), ...ofRpm("golang")];
const CARGO = [{ kind: "binary", name: "Rust" } as const, ...ofDeb("cargo"), ...ofApk("cargo"), ...ofRpm("cargo")];

/** The first whose folders contain a file has it. */
const MANAGER_DATA: readonly ManagerData[] = [
  {
    name: "dpkg database",
    managers: ofDeb("dpkg"),
    folders: /^var\/lib\/dpkg\/|^var\/log\/(?:dpkg|alternatives)\.log/,
  },
  { name: "apt lists", managers: ofDeb("apt"), folders: /^var\/lib\/apt\/lists\// },
  { name: "apt cache", managers: ofDeb("apt"), folders: /^var\/cache\/apt\// },
  { name: "apt records", managers: ofDeb("apt"), folders: /^var\/(?:lib|log)\/apt\// },
  { name: "debconf database", managers: ofDeb("debconf"), folders: /^var\/cache\/debconf\// },
  {
    name: "apk cache",
    managers: ofApk("apk-tools"),
    folders: /^(?:var\/cache|etc|lib)\/apk\/(?:cache\/|[^/]+\.(?:apk|tar\.gz)$)/,
  },
  {
    name: "apk database",
    managers: ofApk("apk-tools"),
    folders: /^(?:usr\/)?lib\/apk\/|^etc\/apk\/|^var\/log\/apk\.log/,
  },
  { name: "rpm database", managers: ofRpm("rpm"), folders: /^(?:var\/lib|usr\/lib\/sysimage|usr\/share)\/rpm\// },
  { name: "dnf cache", managers: DNF, folders: /^var\/cache\/(?:dnf|libdnf5|yum)\// },
  {
    name: "dnf records",
    managers: DNF,
    folders: /^(?:var\/lib|usr\/lib\/sysimage)\/(?:dnf|libdnf5|yum)\/|^var\/log\/(?:dnf|yum|hawkey)[^/]*\.log/,
  },
  { name: "zypper cache", managers: ofRpm("zypper", "libzypp"), folders: /^var\/cache\/zypp\// },
  { name: "zypper records", managers: ofRpm("zypper", "libzypp"), folders: /^var\/(?:lib|log)\/zypp\// },
  { name: "pacman cache", managers: PACMAN, folders: /^var\/cache\/pacman\// },
  { name: "pacman database", managers: PACMAN, folders: /^var\/lib\/pacman\/|^var\/log\/pacman\.log/ },
  { name: "Nix database", managers: [{ kind: "store", name: "nix" }], folders: /^nix\/var\/(?:log\/)?nix\// },
  { name: "Guix database", managers: [{ kind: "store", name: "guix" }], folders: /^var\/(?:log\/)?guix\// },
  { name: "npm cache", managers: NPM, folders: /^(?:root|home\/[^/]+)\/\.npm\// },
  // A project's archives that no loader of Plug'n'Play loads, and the caches of users, Yarn 1's included.
  {
    name: "yarn cache",
    managers: YARN,
    folders:
      /(?:^|\/)\.yarn\/cache\/[^/]+\.zip$|^(?:root|home\/[^/]+)\/(?:\.yarn\/berry|\.cache\/yarn)\/|^usr\/local\/share\/\.cache\/yarn\//,
  },
  { name: "pnpm store", managers: PNPM, folders: /^(?:root|home\/[^/]+)\/\.(?:local\/share|cache)\/pnpm\// },
  { name: "pip cache", managers: PIP, folders: /^(?:root|home\/[^/]+)\/\.cache\/pip\// },
  {
    name: "gem cache",
    managers: GEM,
    folders: /(?:^|\/)cache\/[^/]+\.gem$|^(?:root|home\/[^/]+)\/\.(?:gem\/specs|cache\/gem|bundle\/cache)\//,
  },
  { name: "Go modules", managers: GO, folders: /^(?:(?:root|home\/[^/]+)\/)?go\/pkg\/(?:mod|sumdb)\// },
  { name: "Go cache", managers: GO, folders: /^(?:root|home\/[^/]+)\/\.cache\/go-build\// },
  {
    name: "Cargo registry",
    managers: CARGO,
    folders: /^(?:usr\/local\/cargo|(?:root|home\/[^/]+)\/\.cargo)\/(?:registry|git)\//,
  },
  {
    name: "Composer autoloader",
    managers: COMPOSER,
    folders: /(?:^|\/)vendor\/(?:autoload\.php|composer\/[^/]+)$/,
  },
];

/** The folders that all rows share, and the suffix that may be anywhere: most paths have neither. */
const LIKELY =
  /^(?:var|lib|nix\/var|etc\/apk|usr\/(?:lib|share|local\/(?:cargo|share))|go\/pkg|root|home)\/|\.(?:gem|zip)$|(?:^|\/)vendor\/[^/]*(?:\/[^/]*)?$/;

/**
 * Assigns what package managers write to a component of its own each, which the manager refers to; without the manager it is a root.
 * A file that a package lists stays that package's.
 */
export function claimManagerData(discovery: Discovery): void {
  const { nodes, owners } = discovery;
  const written = Map.groupBy(nodes, (node) => {
    if (node.kind === EntryKind.directory || owners.ownerOf(node) >= 0 || !LIKELY.test(node.path)) return undefined;
    return MANAGER_DATA.find(({ folders }) => folders.test(node.path));
  });
  for (const data of MANAGER_DATA) {
    const files = written.get(data);
    // Like the unowned node of a layer, it exists only with bytes: apt leaves empty locks.
    if (files === undefined || files.every(({ body }) => !body?.byteCount)) continue;
    const index = addManagerData(discovery, data);
    for (const node of files) owners.claim(node, index);
  }
}

function addManagerData(discovery: Discovery, { name, managers }: ManagerData): number {
  const identity = `manager:${name.replace(" ", "-")}`;
  const index = discovery.addComponent({ kind: "manager", name, version: "", identity, instancePath: "" });
  const manager = findManager(discovery.components, managers);
  if (manager < 0) discovery.addRoot(index, RootReason.unowned);
  else discovery.addEdge(manager, index, "writes it", Evidence.inferred);
  return index;
}

function findManager(components: readonly Component[], managers: ManagerData["managers"]): number {
  for (const wanted of managers) {
    const found = components.findIndex(({ kind, name }) => kind === wanted.kind && name === wanted.name);
    if (found >= 0) return found;
  }
  return -1;
}
