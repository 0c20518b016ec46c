import { createRequire } from "node:module";
import { isMavenWord } from "./coordinates.ts";

/** Dependencies of one package. */
export const MAX_POM_DEPENDENCIES = 2000;
/** Elements inside each other. */
const MAX_POM_DEPTH = 100;

/** A package that another one says it needs. Which version is decided by its parents, which an archive has not. */
export interface PomDependency {
  readonly groupId: string;
  readonly artifactId: string;
}

/** Loaded with the first pom.xml: most layers have none, and each thread would load it. */
const loadSax = (): typeof import("sax") => createRequire(import.meta.url)("sax");

const DEPENDENCY = "project/dependencies/dependency";
const OWN_GROUP = /^\$\{(?:project\.|pom\.)?groupId\}$/;
/** What compiling and testing need, and what a server brings, is not in an archive. */
const IS_SHIPPED = /^(?:|compile|runtime)$/;

/**
 * The dependencies that a pom.xml declares for running, of a package in this group; those of profiles and plugins are not its own.
 * What is not whole XML is read up to the damage: a pom.xml in an archive is a copy, which nothing reads when it runs.
 */
export function parsePom(text: string, groupId: string): PomDependency[] {
  const found: PomDependency[] = [];
  if (!text.includes("<dependency>")) return found;
  const path: string[] = [];
  let fields: Record<string, string> = {};
  const reader = loadSax().parser(true, { trim: true });
  let isDamaged = false;
  const stop = () => {
    isDamaged = true;
  };
  reader.onerror = stop;
  reader.onopentag = ({ name }) => {
    path.push(name);
    if (path.length > MAX_POM_DEPTH) stop();
    if (path.join("/") === DEPENDENCY) fields = {};
  };
  reader.ontext = (value) => {
    if (path.length === 4 && path.slice(0, 3).join("/") === DEPENDENCY) fields[path[3]!] = value;
  };
  reader.onclosetag = () => {
    if (path.length === 3 && path.join("/") === DEPENDENCY) found.push(...toDependency(fields, groupId));
    path.pop();
  };
  for (let at = 0; at < text.length && !isDamaged && found.length < MAX_POM_DEPENDENCIES; at += PIECE_LENGTH)
    reader.write(text.slice(at, at + PIECE_LENGTH));
  return found.slice(0, MAX_POM_DEPENDENCIES);
}

/** After each piece it is seen whether to go on. */
const PIECE_LENGTH = 4096;

function toDependency(
  { groupId = "", artifactId = "", scope = "" }: Record<string, string>,
  own: string,
): PomDependency[] {
  const group = OWN_GROUP.test(groupId) ? own : groupId;
  return isMavenWord(group) && isMavenWord(artifactId) && IS_SHIPPED.test(scope)
    ? [{ groupId: group, artifactId }]
    : [];
}
