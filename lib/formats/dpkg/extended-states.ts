import { type Fault, FaultList } from "#lib/model/fault.ts";
import { eachParagraph } from "./deb822.ts";

/** A package that apt installed as a dependency, not on request (apt-mark(8)). */
export interface AutomaticMark {
  readonly name: string;
  /** apt writes the native architecture for packages of architecture `all`. "" if the record has none. */
  readonly arch: string;
}

/** The packages that `var/lib/apt/extended_states` marks `Auto-Installed: 1`. */
export function parseExtendedStates(text: string): { value: AutomaticMark[]; problems: Fault[] } {
  const faults = new FaultList();
  const value: AutomaticMark[] = [];
  for (const { line, fields } of eachParagraph(text, faults)) {
    const name = fields.get("package");
    if (name === undefined || name === "") {
      faults.add(`the record at line ${line} names no package`);
    } else if (fields.get("auto-installed") === "1") value.push({ name, arch: fields.get("architecture") ?? "" });
  }
  return { value, problems: faults.found };
}
