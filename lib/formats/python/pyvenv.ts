import { type Fault, FaultList } from "#lib/model/fault.ts";
import { eachLine } from "../lines/index.ts";

/** UTF-16 units of a pyvenv.cfg, and of a .pth file. */
export const MAX_CONFIGURATION_LENGTH = 64 * 1024;
/** Directories in one .pth file. */
export const MAX_PTH_PATHS = 1000;

/** A virtual environment's pyvenv.cfg (PEP 405); "" for what it does not say. */
export interface Pyvenv {
  /** The directory of the interpreter that it was made with. */
  readonly home: string;
  /** `3.13.5`. */
  readonly version: string;
  readonly includesSystem: boolean;
}

/** `key = value` on each line; other lines are ignored, as Python does. */
export function parsePyvenv(text: string): { value: Pyvenv; problems: Fault[] } {
  const faults = new FaultList();
  const values = new Map<string, string>();
  for (const line of eachShort(text, faults)) {
    const equals = line.indexOf("=");
    if (equals > 0) values.set(line.slice(0, equals).trim().toLowerCase(), line.slice(equals + 1).trim());
  }
  const value = {
    home: values.get("home") ?? "",
    version: values.get("version") ?? values.get("version_info") ?? "",
    includesSystem: values.get("include-system-site-packages")?.toLowerCase() === "true",
  };
  return { value, problems: faults.found };
}

/** The directories that a .pth file adds to `sys.path`; lines with code are not run. */
export function parsePth(text: string): { value: string[]; problems: Fault[] } {
  const faults = new FaultList();
  const value: string[] = [];
  for (const line of eachShort(text, faults)) {
    if (line.trim() === "" || line.startsWith("#") || /^import[ \t]/.test(line)) continue;
    if (value.length === MAX_PTH_PATHS) {
      faults.addLimit("directories", MAX_PTH_PATHS);
      break;
    }
    value.push(line.trimEnd());
  }
  return { value, problems: faults.found };
}

function* eachShort(text: string, faults: FaultList): Generator<string> {
  if (text.length > MAX_CONFIGURATION_LENGTH) faults.addLimit("characters", MAX_CONFIGURATION_LENGTH);
  else for (const { text: line } of eachLine(text, faults)) yield line;
}
