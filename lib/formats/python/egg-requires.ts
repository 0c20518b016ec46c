import { type Fault, FaultList, quote } from "#lib/model/fault.ts";
import { eachLine } from "../lines/index.ts";
import { MAX_REQUIREMENTS } from "./metadata.ts";
import { parseRequirement } from "./requirement.ts";

// `[extra]`, `[extra:marker]`, `[:marker]`
const SECTION = /^\[([^:\]]*)(?::(.*))?\]$/;

/**
 * The requirements of an egg's requires.txt: those of sections apply if the section's extra is asked for and its marker is true, which
 * their own markers then say.
 */
export function parseEggRequires(text: string): { value: string[]; problems: Fault[] } {
  const faults = new FaultList();
  const value: string[] = [];
  let condition = "";
  for (const { text: whole, number } of eachLine(text, faults)) {
    const line = whole.trim();
    const section = SECTION.exec(line);
    if (section !== null) condition = toCondition(section[1]!.trim(), section[2]?.trim() ?? "");
    if (section !== null || line === "" || line.startsWith("#")) continue;
    if (value.length === MAX_REQUIREMENTS) {
      faults.addLimit("requirements", MAX_REQUIREMENTS);
      break;
    }
    const requirement = withCondition(line, condition);
    if (parseRequirement(requirement) === undefined)
      faults.add(() => `line ${number} is not a requirement: ${quote(line)}`);
    else value.push(requirement);
  }
  return { value, problems: faults.found };
}

function toCondition(extra: string, marker: string): string {
  const asked = extra === "" ? "" : `extra == '${extra}'`;
  if (asked === "" || marker === "") return asked || marker;
  return `(${marker}) and ${asked}`;
}

/** A URL ends at a blank. */
function withCondition(line: string, condition: string): string {
  if (condition === "") return line;
  const [requirement, ...markers] = line.split(";");
  if (markers.length === 0) return `${line} ; ${condition}`;
  return `${requirement} ; (${markers.join(";")}) and (${condition})`;
}
