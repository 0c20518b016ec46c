import { type Fault, FaultList, quote } from "#lib/model/fault.ts";
import { eachLine } from "../lines/index.ts";
import { isPythonName } from "./name.ts";
import { parseRequirement } from "./requirement.ts";
import { MAX_VERSION_LENGTH } from "./version.ts";

/** UTF-16 units of the headers of one METADATA file. Descriptions, which follow, are not read. */
export const MAX_HEADERS_LENGTH = 4 * 1024 * 1024;
/** Requirements of one distribution, those of extras included; the longest lists have about 500. */
export const MAX_REQUIREMENTS = 10_000;

/** What a METADATA or PKG-INFO file says about its distribution (core metadata specification). */
export interface PythonMetadata {
  /** As written: `PyYAML`. */
  readonly name: string;
  /** "" if it has none. */
  readonly version: string;
  /** Valid ones, as written: parsed, a hostile list takes a hundred times as much memory. */
  readonly requirements: readonly string[];
}

type Headers = Pick<PythonMetadata, "name" | "version"> & { readonly requires: string[] };

/**
 * Reads the headers of a METADATA or PKG-INFO file, which are e-mail headers (RFC 5322): the first empty line ends them. `value` is
 * `undefined` without a valid name. A requirement that is none is reported and left out.
 */
export function parsePythonMetadata(text: string): { value: PythonMetadata | undefined; problems: Fault[] } {
  const faults = new FaultList();
  const { name, version, requires } = readHeaders(text, faults);
  if (!isPythonName(name)) {
    faults.add(name === "" ? "has no name" : `has a bad name: ${quote(name)}`);
    return { value: undefined, problems: faults.found };
  }
  const requirements = listValid(requires, faults);
  return { value: { name, version, requirements }, problems: faults.found };
}

function readHeaders(text: string, faults: FaultList): Headers {
  const found = { name: "", version: "", requires: [] as string[] };
  for (const [header, value] of eachHeader(text, faults)) {
    if (header === "name") found.name ||= value;
    else if (header === "version") found.version ||= value.length > MAX_VERSION_LENGTH ? "" : value;
    else if (header === "requires-dist" && found.requires.length < MAX_REQUIREMENTS) found.requires.push(value);
    else if (header === "requires-dist") {
      faults.addLimit("requirements", MAX_REQUIREMENTS);
      break;
    }
  }
  return found;
}

/** Headers with their lower-case names; continued lines are joined by a blank. */
function* eachHeader(text: string, faults: FaultList): Generator<readonly [name: string, value: string]> {
  let open: [string, string] | undefined;
  let length = 0;
  for (const { text: line } of eachLine(text, faults)) {
    length += line.length + 1;
    if (length > MAX_HEADERS_LENGTH) faults.addLimit("characters of headers", MAX_HEADERS_LENGTH);
    // A line of blanks continues a header: some licences have paragraphs.
    if (line === "" || length > MAX_HEADERS_LENGTH) break;
    const colon = line.indexOf(":");
    if (/^[ \t]/.test(line) && isContinued(open)) open![1] += ` ${line.trim()}`;
    else if (colon > 0 && !/^[ \t]/.test(line)) {
      if (open !== undefined) yield open;
      open = [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    }
  }
  if (open !== undefined) yield open;
}

/** Long texts are continued, too, but only requirements are read. */
function isContinued(open: readonly string[] | undefined): boolean {
  return open?.[0] === "requires-dist";
}

function listValid(texts: readonly string[], faults: FaultList): string[] {
  return texts.filter((text) => {
    const isValid = parseRequirement(text) !== undefined;
    if (!isValid) faults.add(() => `${quote(text)} is not a requirement`);
    return isValid;
  });
}
