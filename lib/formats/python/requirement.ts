import { type Marker, parseMarker } from "./marker.ts";
import { isPythonName, normaliseName } from "./name.ts";
import { type PythonSpecifier, parseSpecifiers } from "./specifier.ts";

/** UTF-16 units of one requirement. The longest are URLs. */
export const MAX_REQUIREMENT_LENGTH = 8192;
/** Extras of one requirement: `celery[redis,auth]`. */
export const MAX_EXTRAS = 64;

/** A dependency specification (PEP 508): `name[extra]>=1; python_version < "3"`. */
export interface PythonRequirement {
  /** As written. */
  readonly text: string;
  /** Normalised, as are the extras. */
  readonly name: string;
  readonly extras: readonly string[];
  /** Empty: any version; that of a URL is not compared. */
  readonly specifiers: readonly PythonSpecifier[];
  readonly marker: Marker | undefined;
}

const HEAD = /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[([^\]]*)\]\s*)?/;
const URL_PART = /^@\s*\S+(?:\s+(?=;)|\s*$)/;
const VERSIONS_PART = /^(?:\(([^();]*)\)|([^();]*))\s*/;

/** The requirement of a text, `undefined` if it is none. */
export function parseRequirement(text: string): PythonRequirement | undefined {
  const head = text.length > MAX_REQUIREMENT_LENGTH ? null : HEAD.exec(text);
  if (head === null) return undefined;
  const [matched, name = "", listed = ""] = head;
  const extras = parseExtras(listed);
  const details = parseDetails(text.slice(matched.length));
  if (!isPythonName(name) || extras === undefined || details === undefined) return undefined;
  return { text: text.trim(), name: normaliseName(name), extras, ...details };
}

function parseExtras(text: string): string[] | undefined {
  if (text.trim() === "") return [];
  const names = text.split(",", MAX_EXTRAS + 1).map((name) => name.trim());
  return names.length <= MAX_EXTRAS && names.every(isPythonName) ? names.map(normaliseName) : undefined;
}

function parseDetails(text: string): Pick<PythonRequirement, "specifiers" | "marker"> | undefined {
  const isUrl = text.startsWith("@");
  const match = (isUrl ? URL_PART : VERSIONS_PART).exec(text);
  const specifiers = isUrl ? [] : parseSpecifiers(match?.[1] ?? match?.[2] ?? "");
  if (match === null || specifiers === undefined) return undefined;
  const rest = text.slice(match[0].length);
  if (rest === "") return { specifiers, marker: undefined };
  const marker = rest.startsWith(";") ? parseMarker(rest.slice(1)) : undefined;
  return marker === undefined ? undefined : { specifiers, marker };
}
