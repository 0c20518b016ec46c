import { parse } from "smol-toml";
import { type Fault, FaultList, quote } from "#lib/model/fault.ts";
import { eachLine } from "../lines/index.ts";

/** UTF-16 units of dnf5's state or zypp's marks: a system of 5,000 packages has 300,000. */
export const MAX_MARKS_LENGTH = 2 * 1024 ** 2;

/** Reasons that libdnf5 records for what was asked for; `External User`: installed by rpm itself. */
const REQUESTED: ReadonlySet<unknown> = new Set(["User", "External User"]);

type Marks = { value: string[]; problems: Fault[] };

/** The packages, as `NAME.ARCH`, that libdnf5 installed on request (`usr/lib/sysimage/libdnf5/packages.toml`). */
export function parseDnfState(text: string): Marks {
  const faults = new FaultList();
  const packages = text.length > MAX_MARKS_LENGTH ? undefined : readPackages(text);
  if (text.length > MAX_MARKS_LENGTH) faults.addLimit("characters", MAX_MARKS_LENGTH);
  else if (packages === undefined) faults.add("not a list of packages in TOML");
  const requested = Object.entries(packages ?? {}).filter(([, state]) => REQUESTED.has(reasonOf(state)));
  return { value: requested.map(([name]) => name), problems: faults.found };
}

/** `undefined` for whatever the parser refuses: its message quotes the file, over several lines. */
function readPackages(text: string): object | undefined {
  try {
    const { packages } = parse(text);
    return typeof packages === "object" ? packages : undefined;
  } catch {
    return undefined;
  }
}

function reasonOf(state: unknown): unknown {
  return typeof state === "object" && state !== null && "reason" in state ? state.reason : undefined;
}

/** The names of packages that zypp installed as dependencies (`var/lib/zypp/AutoInstalled`): one per line, and comments. */
export function parseAutoInstalled(text: string): Marks {
  const faults = new FaultList();
  const value: string[] = [];
  if (text.length > MAX_MARKS_LENGTH) faults.addLimit("characters", MAX_MARKS_LENGTH);
  else {
    for (const { text: line, number } of eachLine(text, faults)) {
      const name = line.trim();
      if (name === "" || name.startsWith("#")) continue;
      if (/\s/.test(name)) faults.add(() => `line ${number} is not a package's name: ${quote(name)}`);
      else value.push(name);
    }
  }
  return { value, problems: faults.found };
}
