import { type Fault, FaultList, quote } from "#lib/model/fault.ts";
import { eachParagraph, type Paragraph } from "./deb822.ts";
import { type Alternative, type Clause, parseRelations } from "./relations.ts";

/** UTF-16 units. Debian's longest names have about 80, its longest versions about 60. */
export const MAX_NAME_LENGTH = 256;
export const MAX_VERSION_LENGTH = 256;

/** Clauses, provided names and configuration files of one database. All of Debian 13 declares some 450,000. */
export const MAX_DECLARATIONS = 500_000;

export type MultiArch = "no" | "same" | "foreign" | "allowed";

export interface DebDependency {
  readonly field: "Pre-Depends" | "Depends";
  readonly clause: Clause;
}

/** An installed package as in dpkg's status database. */
export interface DebPackage {
  readonly name: string;
  readonly version: string;
  /** `amd64`, `all`, or "" if the record has none. */
  readonly arch: string;
  readonly multiArch: MultiArch;
  readonly essential: boolean;
  /** `required`, `important`, `standard`, `optional`, `extra`, or "". */
  readonly priority: string;
  readonly dependencies: readonly DebDependency[];
  readonly provides: readonly Alternative[];
  /** Relative to the root. */
  readonly conffiles: readonly string[];
}

// dpkg's pkg_name_is_illegal(): looser than Policy 5.6.7, which also forbids capitals and "_".
const NAME = /^[A-Za-z0-9][A-Za-z0-9+._-]*$/;
const MD5 = /^[0-9a-f]{32}$/;
const ARCH = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/;

/**
 * The states in which a package's files are on the disk (dpkg(1), "Package states"). `config-files` is excluded, because only
 * configuration remains of such a package; so is `half-installed`, whose unpacking was not completed.
 */
const UNPACKED_STATES = new Set(["installed", "unpacked", "half-configured", "triggers-awaited", "triggers-pending"]);

/**
 * The installed packages of `var/lib/dpkg/status` (or of one file of `status.d`, where `statusRequired` is false: images built
 * without dpkg omit the Status field). A record without a name or a version is reported and skipped.
 */
export function parseStatus(text: string, statusRequired: boolean): { value: DebPackage[]; problems: Fault[] } {
  const faults = new FaultList();
  const value: DebPackage[] = [];
  let declarations = 0;
  for (const paragraph of eachParagraph(text, faults)) {
    if (!isUnpacked(paragraph, statusRequired)) continue;
    const found = parsePackage(paragraph, faults);
    if (found === undefined) continue;
    declarations += found.dependencies.length + found.provides.length + found.conffiles.length;
    if (declarations > MAX_DECLARATIONS) {
      faults.addLimit("declared dependencies and configuration files", MAX_DECLARATIONS);
      break;
    }
    value.push(found);
  }
  return { value, problems: faults.found };
}

function isUnpacked(paragraph: Paragraph, statusRequired: boolean): boolean {
  const status = paragraph.fields.get("status");
  if (status === undefined) return !statusRequired;
  // "WANT FLAG STATUS": the wanted state does not change what is installed.
  return UNPACKED_STATES.has(status.split(/\s+/)[2] ?? "");
}

function parsePackage({ line, fields }: Paragraph, faults: FaultList): DebPackage | undefined {
  const name = fields.get("package") ?? "";
  const version = fields.get("version") ?? "";
  const wrong = wrongRecord(name, version);
  if (wrong !== undefined) {
    faults.add(`the record at line ${line} ${wrong}`);
    return undefined;
  }
  const arch = fields.get("architecture") ?? "";
  const relations = (field: string) => parseRelations(fields.get(field) ?? "", name, faults);
  const preDepends = relations("pre-depends").map((clause) => ({ field: "Pre-Depends" as const, clause }));
  const depends = relations("depends").map((clause) => ({ field: "Depends" as const, clause }));
  return {
    name,
    version,
    arch: ARCH.test(arch) ? arch : "",
    multiArch: toMultiArch(fields.get("multi-arch")),
    essential: fields.get("essential") === "yes",
    priority: fields.get("priority") ?? "",
    dependencies: [...preDepends, ...depends],
    provides: relations("provides").flatMap((clause) => clause.alternatives),
    conffiles: conffilesOf(fields.get("conffiles")),
  };
}

function wrongRecord(name: string, version: string): string | undefined {
  if (name === "") return "names no package";
  if (!NAME.test(name) || name.length > MAX_NAME_LENGTH) return `has a bad package name: ${quote(name)}`;
  if (version === "") return `(${name}) has no version`;
  if (version.length > MAX_VERSION_LENGTH || /\s/.test(version))
    return `(${name}) has a bad version: ${quote(version)}`;
  return undefined;
}

function toMultiArch(value: string | undefined): MultiArch {
  return value === "same" || value === "foreign" || value === "allowed" ? value : "no";
}

/**
 * The field's lines are ` /path MD5SUM [flags]`. A path may contain blanks: it ends at the sum, which has at most two flags after
 * it.
 */
function conffilesOf(field: string | undefined): string[] {
  const found: string[] = [];
  for (const line of field?.split("\n") ?? []) {
    const words = line.trim().split(" ");
    const sum = words.findLastIndex((word) => MD5.test(word));
    if (sum < 1 || sum < words.length - 3) continue;
    found.push(words.slice(0, sum).join(" ").replace(/^\//, ""));
  }
  return found;
}
