import { normaliseName } from "./name.ts";
import { parseSpecifier, satisfiesPython } from "./specifier.ts";
import { parsePythonVersion } from "./version.ts";

/** UTF-16 units of a marker, and its comparisons. Real ones have up to ten. */
export const MAX_MARKER_LENGTH = 4096;
/** Brackets in brackets. */
export const MAX_MARKER_DEPTH = 32;

/**
 * What an interpreter answers for each variable of a marker: all values that it may have. One without values is unknown. `extra` is
 * the requested extra, "" for none.
 */
export type MarkerEnvironment = ReadonlyMap<string, readonly string[]>;

interface Operand {
  readonly isVariable: boolean;
  /** A variable's name, or the text between quotes. */
  readonly text: string;
}

/** An environment marker (PEP 508): a comparison, or several of them. */
export type Marker =
  | { readonly kind: "and" | "or"; readonly parts: readonly Marker[] }
  | { readonly kind: "comparison"; readonly left: Operand; readonly operator: string; readonly right: Operand };

const VARIABLES = [
  ...["python_version", "python_full_version", "os_name", "sys_platform", "platform_machine", "platform_release"],
  ...["platform_system", "platform_version", "platform_python_implementation", "implementation_name"],
  ...["implementation_version", "extra"],
];

/** Spellings from before PEP 508. */
const OLD_NAMES: Readonly<Record<string, string>> = {
  "os.name": "os_name",
  "sys.platform": "sys_platform",
  "platform.version": "platform_version",
  "platform.machine": "platform_machine",
  "platform.python_implementation": "platform_python_implementation",
  python_implementation: "platform_python_implementation",
};

const TOKEN = /\s*(?:("[^"]*"|'[^']*')|(===|==|~=|!=|<=|>=|<|>|[()])|(not\s+in)\b|([A-Za-z_][A-Za-z0-9_.]*))/y;

/** The marker of a text, `undefined` if it is none. */
export function parseMarker(text: string): Marker | undefined {
  const tokens = text.length > MAX_MARKER_LENGTH ? undefined : listTokens(text);
  if (tokens === undefined) return undefined;
  const parser = new MarkerParser(tokens);
  const marker = parser.parseOr(0);
  return parser.isAtEnd ? marker : undefined;
}

function listTokens(text: string): string[] | undefined {
  const pattern = new RegExp(TOKEN);
  const tokens: string[] = [];
  const end = text.trimEnd().length;
  while (pattern.lastIndex < end) {
    const match = pattern.exec(text);
    if (match === null) return undefined;
    tokens.push(match[3] === undefined ? match[0].trim() : "not in");
  }
  return tokens;
}

class MarkerParser {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  parseOr(depth: number): Marker | undefined {
    return this.#parseList("or", () => this.#parseList("and", () => this.#parseAtom(depth)));
  }

  #parseList(kind: "and" | "or", parsePart: () => Marker | undefined): Marker | undefined {
    const parts: Marker[] = [];
    do {
      const part = parsePart();
      if (part === undefined) return undefined;
      parts.push(part);
    } while (this.#take(kind));
    return parts.length === 1 ? parts[0] : { kind, parts };
  }

  #parseAtom(depth: number): Marker | undefined {
    if (depth > MAX_MARKER_DEPTH) return undefined;
    if (!this.#take("(")) return this.#parseComparison();
    const marker = this.parseOr(depth + 1);
    return this.#take(")") ? marker : undefined;
  }

  #parseComparison(): Marker | undefined {
    const left = toOperand(this.#tokens[this.#at]);
    const operator = this.#tokens[this.#at + 1] ?? "";
    const right = toOperand(this.#tokens[this.#at + 2]);
    if (left === undefined || right === undefined || !/^(?:[<>=~!]+|in|not in)$/.test(operator)) return undefined;
    this.#at += 3;
    return { kind: "comparison", left, operator, right };
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at += 1;
    return true;
  }
}

function toOperand(token: string | undefined): Operand | undefined {
  if (token === undefined) return undefined;
  if (/^["']/.test(token)) return { isVariable: false, text: token.slice(1, -1) };
  const name = Object.hasOwn(OLD_NAMES, token) ? OLD_NAMES[token]! : token;
  return VARIABLES.includes(name) ? { isVariable: true, text: name } : undefined;
}

/** Whether the marker is true in an environment; `undefined` if that depends on what is unknown. */
export function evaluateMarker(marker: Marker, environment: MarkerEnvironment): boolean | undefined {
  if (marker.kind === "comparison") return evaluateComparison(marker, environment);
  const decisive = marker.kind === "or";
  const values = marker.parts.map((part) => evaluateMarker(part, environment));
  if (values.includes(decisive)) return decisive;
  return values.includes(undefined) ? undefined : !decisive;
}

function evaluateComparison(
  { left, operator, right }: Extract<Marker, { kind: "comparison" }>,
  environment: MarkerEnvironment,
): boolean | undefined {
  const isExtra = [left, right].some(({ isVariable, text }) => isVariable && text === "extra");
  const valuesOf = ({ isVariable, text }: Operand) => {
    const values = isVariable ? (environment.get(text) ?? []) : [text];
    return isExtra ? values.map(normaliseName) : values;
  };
  const results = valuesOf(left).flatMap((a) => valuesOf(right).map((b) => compare(a, operator, b)));
  const [first] = results;
  return results.every((result) => result === first) ? first : undefined;
}

/** Versions are compared as such if both sides are, and texts otherwise; texts have no `~=`, which is false. */
function compare(left: string, operator: string, right: string): boolean {
  if (operator === "in") return right.includes(left);
  if (operator === "not in") return !right.includes(left);
  const clause = parseSpecifier(operator + right);
  const version = parsePythonVersion(left);
  if (clause !== undefined && version !== undefined) return satisfiesPython(version, [clause]);
  const order = left === right ? 0 : left < right ? -1 : 1;
  if (operator.startsWith("==")) return order === 0;
  if (operator === "!=") return order !== 0;
  return (
    (order < 0 && operator.startsWith("<")) ||
    (order > 0 && operator.startsWith(">")) ||
    (order === 0 && /^[<>]=/.test(operator))
  );
}
