import { parseOperator, type RpmDependency } from "./dependency.ts";

/** UTF-16 units of a rich dependency: longer ones are not read. Packages have up to some thousand. */
export const MAX_RICH_LENGTH = 16_384;
/** Nested parentheses. rpm's own parser recurses, and refuses nothing below the length of its stack. */
export const MAX_RICH_DEPTH = 64;

/** The words between two dependencies (rpm-dependencies(7), "Rich dependencies"). */
const OPERATIONS = ["and", "or", "if", "unless", "with", "without", "else"] as const;
type Operation = (typeof OPERATIONS)[number];

/** A dependency, or several with an operation: `(a and b and c)`, `(a if b else c)`. */
export type RichDependency = RpmDependency | RichOperation;

export interface RichOperation {
  readonly operation: Exclude<Operation, "else">;
  readonly parts: readonly RichDependency[];
}

/** The parsed form of a requirement whose name begins with a parenthesis; `undefined` if it is none, too long or too deep. */
export function parseRich(text: string): RichDependency | undefined {
  if (!text.startsWith("(") || text.length > MAX_RICH_LENGTH) return undefined;
  const reader = new RichReader(splitTokens(text));
  const found = reader.readOperation(0);
  return found !== undefined && reader.isAtEnd ? found : undefined;
}

/** Whether it is several dependencies with an operation. */
export function isOperation(part: RichDependency): part is RichOperation {
  return "operation" in part;
}

/** Parentheses inside a name belong to it: `libc.so.6(GLIBC_2.4)(64bit)`. Others are tokens of their own. */
function splitTokens(text: string): string[] {
  const tokens: string[] = [];
  for (let at = 0; at < text.length; ) {
    const char = text[at]!;
    if (char === " " || char === "\t" || char === ",") at += 1;
    else if (char === "(" || char === ")") {
      tokens.push(char);
      at += 1;
    } else {
      const end = endOfWord(text, at);
      tokens.push(text.slice(at, end));
      at = end;
    }
  }
  return tokens;
}

function endOfWord(text: string, from: number): number {
  let open = 0;
  let at = from;
  for (; at < text.length; at++) {
    const char = text[at]!;
    if (char === " " || char === "\t" || char === ",") break;
    if (char === "(") open += 1;
    if (char === ")") open -= 1;
    if (open < 0) break;
  }
  return at;
}

class RichReader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  /** `( part [operation part]… )`; one operation per pair of parentheses, except for `else`. */
  readOperation(depth: number): RichDependency | undefined {
    if (depth > MAX_RICH_DEPTH || this.#take() !== "(") return undefined;
    const parts: RichDependency[] = [];
    let operation: RichOperation["operation"] | undefined;
    for (;;) {
      const part = this.#peek() === "(" ? this.readOperation(depth + 1) : this.#readSimple();
      if (part === undefined) return undefined;
      parts.push(part);
      const word = this.#take();
      if (word === ")") break;
      if (!mayFollow(word, operation, parts.length)) return undefined;
      if (word !== "else") operation = word as RichOperation["operation"];
    }
    return operation === undefined ? parts[0] : { operation, parts };
  }

  #readSimple(): RpmDependency | undefined {
    const name = this.#take();
    if (name === undefined || name === ")" || isWord(name) || parseOperator(name) !== 0) return undefined;
    const sense = parseOperator(this.#peek() ?? "");
    if (sense === 0) return { name, sense, version: "" };
    this.#at += 1;
    const version = this.#take();
    return version === undefined || version === "(" || version === ")" ? undefined : { name, sense, version };
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at];
  }

  #take(): string | undefined {
    return this.#tokens[this.#at++];
  }
}

function isWord(token: string): token is Operation {
  return (OPERATIONS as readonly string[]).includes(token);
}

/** `and`, `or` and `with` may be repeated; `else` follows `if` or `unless`; nothing else can be mixed without parentheses. */
function mayFollow(
  word: string | undefined,
  operation: RichOperation["operation"] | undefined,
  count: number,
): boolean {
  if (word === undefined || !isWord(word)) return false;
  if (word === "else") return count === 2 && (operation === "if" || operation === "unless");
  if (operation === undefined) return true;
  return word === operation && (word === "and" || word === "or" || word === "with");
}
