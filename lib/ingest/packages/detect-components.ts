import { type Distribution, parseOsRelease } from "#lib/formats/purl/index.ts";
import type { Component, ComponentEdge } from "#lib/model/component.ts";
import type { FileTree } from "#lib/model/file-tree.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { RootReason } from "#lib/model/root-reason.ts";
import { MAX_STEPS } from "../squash/resolve-path.ts";
import { detectApks } from "./apk.ts";
import { claimApplications } from "./application.ts";
import { claimByteCode } from "./byte-code.ts";
import { addCrateEdges, detectCargoPrograms } from "./cargo-programs.ts";
import { detectChiselPackages } from "./chisel.ts";
import { detectComposer } from "./composer.ts";
import { detectComposerProjects } from "./composer-projects.ts";
import { detectCondas } from "./conda.ts";
import { detectDebs } from "./deb.ts";
import { Discovery, type DiscoveryOptions } from "./discovery.ts";
import { detectDotnet } from "./dotnet.ts";
import { findAllStarted } from "./find-started.ts";
import { detectBundledGems } from "./gem-applications.ts";
import { detectGems } from "./gems.ts";
import { addModuleEdges, detectGoPrograms } from "./go-programs.ts";
import { detectJava } from "./java.ts";
import { addJavaRuntimeEdges, detectJavaRuntimes } from "./java-runtimes.ts";
import { claimManagerData } from "./manager-data.ts";
import { detectNpmInstances } from "./npm.ts";
import { addNpmEdges } from "./npm-edges.ts";
import { detectNpmProjects } from "./npm-projects.ts";
import { addLinkedEdges, type FileLoad } from "./observed-edges.ts";
import type { OwnerTable } from "./owner-table.ts";
import { type Ownership, settleOwnership } from "./ownership.ts";
import { detectPacmans } from "./pacman.ts";
import { claimBinaries, listBuiltFiles, listPrograms } from "./programs.ts";
import { detectPythons } from "./python.ts";
import { detectPythonApplications } from "./python-applications.ts";
import { addPythonEdges } from "./python-edges.ts";
import { detectRoots } from "./roots.ts";
import { detectRpms } from "./rpm.ts";
import { addRuntimeEdges } from "./runtimes.ts";
import { detectStoreItems } from "./store-items.ts";
import { detectToolchains } from "./toolchains.ts";
import { addInterpreterEdges, addSymlinkEdges } from "./used-files.ts";
import { detectPnp } from "./yarn-pnp.ts";

export type { DiscoveryOptions } from "./discovery.ts";

/** The components of one image, before its graph is measured. Edges, owners and roots are positions in `components`. */
export interface FoundComponents extends Ownership {
  readonly components: readonly Component[];
  /** The owner of each name except directories, `undefined` for none. */
  readonly owner: OwnerTable;
  readonly edges: readonly ComponentEdge[];
  /** Which files the dynamic linker would load. */
  readonly loads: readonly FileLoad[];
  /** Ascending, distinct; and the reason for each. */
  readonly roots: readonly number[];
  readonly rootReasons: readonly RootReason[];
  /** All warnings: one damaged package database does not lose the image. */
  readonly problems: readonly Problem[];
}

/**
 * Detects the components of a squashed tree: the items of Nix and Guix stores, the packages of dpkg, apk, rpm, pacman, conda, Python,
 * npm, RubyGems, Composer and NuGet, Java archives, the modules of Go and crates of Rust in programs, what package managers write about
 * them, applications, programs without a package, and the rest as `unowned`; their declared dependencies, and those observed in their
 * files; the owner of every byte (`settleOwnership` has the rule); and the explicitly installed ones.
 *
 * Store items come first, since they have directories of their own; then distribution packages: their lists are exact, and no other
 * package takes a file that they list. Faults in the input are problems. Throws InputError `limit-exceeded` only beyond
 * `MAX_COMPONENTS`.
 */
export function detectComponents(tree: FileTree, options: DiscoveryOptions): FoundComponents {
  const discovery = new Discovery(tree, options);
  const distribution = detectDistribution(tree);
  const items = detectStoreItems(discovery);
  const debs = detectDebs(discovery, distribution);
  detectChiselPackages(discovery, distribution);
  const apks = detectApks(discovery, distribution);
  const rpms = detectRpms(discovery, distribution);
  const pacmans = detectPacmans(discovery, distribution);
  const condas = detectCondas(discovery);
  const pythons = detectPythons(discovery);
  const npm = detectNpmInstances(discovery);
  const pnp = detectPnp(discovery, npm);
  const gems = detectGems(discovery);
  const vendors = detectComposer(discovery);
  const dotnet = detectDotnet(discovery);
  detectJavaRuntimes(discovery);
  const java = detectJava(discovery);
  detectToolchains(discovery);
  claimByteCode(discovery);
  claimManagerData(discovery);
  const started = findAllStarted(discovery);
  const projects = detectNpmProjects(discovery, { npm, pnp, started });
  addNpmEdges(discovery, { npm, pnp, projects });
  const applications = detectPythonApplications(discovery, pythons, started);
  const composerProjects = detectComposerProjects(discovery, vendors);
  const bundled = detectBundledGems(discovery, gems, started);
  const ofRuby = bundled?.application === undefined ? [] : [bundled.application];
  claimApplications(discovery, [...applications, ...composerProjects, ...ofRuby, ...projects], npm.components.keys());
  const programs = listPrograms(discovery);
  const builds = listBuiltFiles(programs);
  const goPrograms = detectGoPrograms(discovery, builds);
  const cargoPrograms = detectCargoPrograms(discovery, builds);
  claimBinaries(discovery, programs);
  addModuleEdges(discovery, goPrograms);
  addCrateEdges(discovery, cargoPrograms);
  addPythonEdges(
    discovery,
    pythons,
    applications.flatMap(({ distribution }) => distribution ?? []),
  );
  addJavaRuntimeEdges(discovery, java);
  addRuntimeEdges(discovery, { started, npm, pnp, projects, gems, ofRuby, vendors, composerProjects });
  const ownership = settleOwnership(discovery);
  const loads = addLinkedEdges(discovery, programs);
  addInterpreterEdges(discovery, programs);
  addSymlinkEdges(discovery);
  detectRoots(discovery, {
    items,
    debs,
    apks,
    rpms,
    pacmans,
    condas,
    pythons,
    applications,
    npm,
    projects,
    gems,
    bundled,
    vendors,
    composerProjects,
    java,
    dotnet,
    started,
  });
  const roots = [...discovery.roots].sort(([a], [b]) => a - b);
  if (tree.isExhausted) discovery.addLimit("steps of path look-ups", MAX_STEPS);
  return {
    components: discovery.components,
    ...ownership,
    owner: discovery.owners,
    edges: discovery.edges,
    loads,
    roots: roots.map(([root]) => root),
    rootReasons: roots.map(([, reason]) => reason),
    problems: discovery.problems,
  };
}

/** The distribution in the tree's os-release (os-release(5): /etc first, then /usr/lib). */
function detectDistribution(tree: FileTree): Distribution {
  for (const path of ["etc/os-release", "usr/lib/os-release"]) {
    const file = tree.resolve(path);
    const body = file === undefined ? undefined : tree.document(file);
    if (body !== undefined) return parseOsRelease(new TextDecoder().decode(body));
  }
  return parseOsRelease("");
}
