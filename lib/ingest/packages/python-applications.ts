import { pypiPurl, toPypiName } from "#lib/formats/purl/index.ts";
import {
  normaliseName,
  type PythonMetadata,
  parsePyproject,
  parseRequirementsFile,
} from "#lib/formats/python/index.ts";
import type { FileNode } from "#lib/model/file-tree.ts";
import { type Application, listApplicationPlaces } from "./application.ts";
import type { Discovery } from "./discovery.ts";
import { parseDocument, readNode } from "./documents.ts";
import type { PythonDistribution } from "./python-edges.ts";

const RUNNERS =
  /^(?:python[\d.]*|pypy[\d.]*|gunicorn|uvicorn|hypercorn|daphne|uwsgi|celery|flask|django-admin|fastapi|streamlit|uv|poetry|pipenv|pdm)$/;
const PYPROJECT = "pyproject.toml";
const REQUIREMENTS = "requirements.txt";

/** The Python application that the command starts. */
export interface PythonApplication extends Application {
  /** As if it were installed; `undefined` if it is, so that the component is the distribution. */
  readonly distribution: PythonDistribution | undefined;
}

/**
 * Detects the Python application that the command starts: the nearest directory with a pyproject.toml or a requirements.txt around a
 * file that it starts, or the one in which it starts. Its environment is the virtual one in it, or that of the command, or that of the
 * default interpreter. An application that is also installed (`pip install -e .`) is the installed distribution.
 */
export function detectPythonApplications(
  discovery: Discovery,
  pythons: readonly PythonDistribution[],
  started: readonly FileNode[],
): PythonApplication[] {
  const places = listApplicationPlaces(discovery, started, RUNNERS);
  const found = new Set(places.flatMap((each) => each.find((place) => isApplication(discovery, place)) ?? []));
  return [...found].flatMap((directory) => addApplication(discovery, pythons, directory) ?? []);
}

function isApplication({ owners }: Discovery, { path, children }: FileNode): boolean {
  const manifest = children.get(PYPROJECT) ?? children.get(REQUIREMENTS);
  return path !== "" && manifest !== undefined && owners.ownerOf(manifest) < 0;
}

function addApplication(
  discovery: Discovery,
  pythons: readonly PythonDistribution[],
  directory: FileNode,
): PythonApplication | undefined {
  const manifest = directory.children.get(PYPROJECT) ?? directory.children.get(REQUIREMENTS)!;
  const read = readProject(discovery, directory);
  const name = read.name || directory.name;
  const own = pythons.find((each) => !each.isShipped && normaliseName(each.name) === normaliseName(name));
  if (own !== undefined) return { directory, manifest, index: own.index, distribution: undefined };
  const { version } = read;
  const identity = pypiPurl(name, version);
  const component = { kind: "pypi", name: toPypiName(name), version, identity, instancePath: directory.path } as const;
  const index = discovery.addComponent(component);
  const requirements = discovery.takeDeclarations(read.requirements);
  const site = findSite(discovery, pythons, directory);
  const distribution = { name, version, requirements, metadata: manifest, site, index, isShipped: false };
  return { directory, manifest, index, distribution: { ...distribution, isApplication: true } };
}

/** What either file says. */
function readProject(discovery: Discovery, { children }: FileNode): PythonMetadata {
  const [pyproject, file] = [PYPROJECT, REQUIREMENTS].map((name) => {
    const node = children.get(name);
    return node === undefined ? undefined : readNode(discovery, node);
  });
  const project = parseDocument(discovery, pyproject, parsePyproject);
  const listed = parseDocument(discovery, file, parseRequirementsFile) ?? [];
  const { name = "", version = "", requirements = [] } = project ?? {};
  return { name, version, requirements: [...requirements, ...listed] };
}

/** A directory of the application's environment; without a virtual one, the application's own, for which the default is searched. */
function findSite(discovery: Discovery, pythons: readonly PythonDistribution[], directory: FileNode): FileNode {
  const { command, path = "" } = discovery.options;
  const programs = command.filter((word) => word.startsWith("/")).map((word) => word.replace(/\/[^/]*$/, ""));
  const bins = [`/${directory.path}/.venv/bin`, `/${directory.path}/venv/bin`, ...programs, ...path.split(":")];
  for (const bin of bins) {
    const prefix = bin.replace(/^\/+/, "").replace(/\/bin\/?$/, "");
    if (!discovery.tree.lookup(prefix)?.children.has("pyvenv.cfg")) continue;
    const own = pythons.find(({ site }) => site.path.startsWith(`${prefix}/lib`));
    if (own !== undefined) return own.site;
  }
  return directory;
}
