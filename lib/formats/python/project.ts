import { parse } from "smol-toml";
import { type Fault, FaultList } from "#lib/model/fault.ts";
import { eachLine } from "../lines/index.ts";
import { MAX_REQUIREMENTS, type PythonMetadata } from "./metadata.ts";
import { isPythonName } from "./name.ts";
import { parseRequirement } from "./requirement.ts";
import { MAX_VERSION_LENGTH } from "./version.ts";

/** UTF-16 units of a pyproject.toml: those of large projects have some 50,000, most of them for tools. */
export const MAX_PYPROJECT_LENGTH = 1024 ** 2;

/**
 * Parses the parts of a pyproject.toml that describe the project (PyPA specifications, "pyproject.toml", and Poetry's section of it).
 * The name is "" if it has none, as that of an application may not.
 */
export function parsePyproject(text: string): { value: PythonMetadata | undefined; problems: Fault[] } {
  const faults = new FaultList();
  const table = text.length > MAX_PYPROJECT_LENGTH ? undefined : readToml(text);
  if (text.length > MAX_PYPROJECT_LENGTH) faults.addLimit("characters", MAX_PYPROJECT_LENGTH);
  else if (table === undefined) faults.add("is not TOML");
  const value = table === undefined ? undefined : toProject(table, faults);
  return { value, problems: faults.found };
}

/** `undefined` for whatever the parser refuses: its message quotes the file, over several lines. */
function readToml(text: string): Record<string, unknown> | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

function toProject(table: Record<string, unknown>, faults: FaultList): PythonMetadata {
  const project = toTable(table.project);
  const poetry = toTable(toTable(table.tool).poetry);
  const [name, version] = [project.name ?? poetry.name, project.version ?? poetry.version];
  const listed = Array.isArray(project.dependencies) ? project.dependencies : [];
  // Poetry has a language of its own for versions: only the names are read.
  const names = Object.keys(toTable(poetry.dependencies)).filter((each) => each !== "python");
  return {
    name: typeof name === "string" && isPythonName(name) ? name : "",
    version: typeof version === "string" && version.length <= MAX_VERSION_LENGTH ? version : "",
    requirements: listValid([...listed, ...names], faults),
  };
}

function toTable(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** Parses the requirements in a requirements.txt (pip documentation, "Requirements File Format"). What pip would fetch itself is no name. */
export function parseRequirementsFile(text: string): { value: string[]; problems: Fault[] } {
  const faults = new FaultList();
  const found: string[] = [];
  for (const { text: line } of eachLine(text, faults)) {
    const plain = line.replace(/(?:^|\s)(?:#|--hash\b|\\).*$/, "").trim();
    if (plain === "" || plain.startsWith("-")) continue;
    found.push(plain);
    if (found.length > MAX_REQUIREMENTS) break;
  }
  return { value: listValid(found, faults), problems: faults.found };
}

/** Others are paths and addresses, which nothing says the name of. */
function listValid(listed: readonly unknown[], faults: FaultList): string[] {
  if (listed.length > MAX_REQUIREMENTS) faults.addLimit("requirements", MAX_REQUIREMENTS);
  const texts = listed.slice(0, MAX_REQUIREMENTS).filter((each) => typeof each === "string");
  return texts.filter((each) => parseRequirement(each) !== undefined);
}
