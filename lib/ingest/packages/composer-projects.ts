import { type ComposerProject, parseComposerJson } from "#lib/formats/composer/index.ts";
import { composerPurl } from "#lib/formats/purl/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { RootReason } from "#lib/model/root-reason.ts";
import { type Application, listApplicationPlaces } from "./application.ts";
import { type ComposerVendor, listProviders, MANIFEST } from "./composer.ts";
import type { Discovery } from "./discovery.ts";
import { readBody } from "./documents.ts";

const RUNNERS = /^(?:php(?:-fpm|-cgi)?[\d.]*|apache2(?:ctl|-foreground)?|httpd|frankenphp|artisan|symfony|composer)$/;

/** The application beside a `vendor` directory. */
export interface InstalledComposerProject extends Application {
  readonly vendor: ComposerVendor;
}

/**
 * Detects the projects of Composer: each is the directory with a composer.json beside a `vendor` directory. Without a name it has that
 * of its directory. It leads to the packages that it asks for, those for its development included if they are there, and owns what
 * `claimApplications` says. One whose composer.json is part of another package is no project.
 */
export function detectComposerProjects(
  discovery: Discovery,
  vendors: readonly ComposerVendor[],
): readonly InstalledComposerProject[] {
  return vendors.flatMap((vendor) => addProject(discovery, vendor) ?? []);
}

function addProject(discovery: Discovery, vendor: ComposerVendor): InstalledComposerProject | undefined {
  const directory = vendor.directory.parent!;
  const manifest = directory.children.get(MANIFEST);
  if (manifest === undefined || discovery.owners.ownerOf(manifest) >= 0) return undefined;
  const project = readProject(discovery, manifest);
  const name = project?.name || directory.name;
  if (project === undefined || name === "") return undefined;
  const { version } = project;
  const identity = composerPurl(name, version);
  const component = { kind: "composer", name, version, identity, instancePath: directory.path } as const;
  const index = discovery.addComponent(component);
  addEdges(discovery, vendor, project, index);
  return { vendor, directory, manifest, index };
}

function readProject(discovery: Discovery, file: FileNode): ComposerProject | undefined {
  const body = readBody(discovery, file);
  if (body === undefined) return undefined;
  const { value, problems } = parseComposerJson(body);
  discovery.addProblems(file.path, problems);
  return value;
}

function addEdges(discovery: Discovery, { packages }: ComposerVendor, project: ComposerProject, from: number): void {
  const providers = listProviders(packages);
  for (const field of ["require", "require-dev"] as const) {
    const links = discovery.takeDeclarations(field === "require" ? project.requires : project.devRequires);
    for (const { name, constraint } of links) {
      const detail = constraint === "" ? `${field}: ${name}` : `${field}: ${name} ${constraint}`;
      for (const to of providers.get(name) ?? []) {
        if (discovery.spendCandidate()) discovery.addEdge(from, to, detail);
      }
    }
  }
}

/** The projects that no other component refers to, and of the packages beside no project those without referrers. */
export function addComposerRoots(
  discovery: Discovery,
  { vendors, composerProjects, started }: ComposerRoots,
  referred: Uint8Array,
): void {
  const places = new Set(listApplicationPlaces(discovery, started, RUNNERS).flat());
  const known = new Map(composerProjects.map(({ vendor, index }) => [vendor, index]));
  for (const vendor of vendors) {
    const project = known.get(vendor);
    if (project === undefined) addUnreferred(discovery, vendor, referred);
    else if (places.has(vendor.directory.parent!)) discovery.addRoot(project, RootReason.entrypoint);
    else if (referred[project] === 0) discovery.addRoot(project, RootReason.application);
  }
}

interface ComposerRoots {
  readonly vendors: readonly ComposerVendor[];
  readonly composerProjects: readonly InstalledComposerProject[];
  /** The files that the command starts. */
  readonly started: readonly FileNode[];
}

function addUnreferred(discovery: Discovery, { packages }: ComposerVendor, referred: Uint8Array): void {
  for (const { index, isShipped } of packages) {
    if (!isShipped && referred[index] === 0) discovery.addRoot(index, RootReason.unreferred);
  }
}
