/**
 * The tokens of a `create table` text (sqlite.org/lang_createtable.html): comments, quoted names and texts, words, and single
 * characters.
 */
const TOKEN =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\s+|'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|[\w$\u0080-\uffff]+|[\s\S]/gu;
const NOTHING = /^(?:--|\/\*|\s)/;
const QUOTED = /^['"`[]/;
/** Words that begin a constraint of the whole table, after the last column. */
const CONSTRAINTS = new Set(["constraint", "primary", "unique", "check", "foreign"]);
/** Words of a computed column, which is not stored. */
const COMPUTED = new Set(["as", "generated"]);

/**
 * The names of a table's columns in the order of its records, from the text in the schema; `undefined` if the text is not a list
 * of ordinary columns: a computed column is in no record.
 */
export function listTableColumns(sql: string): string[] | undefined {
  const definitions = splitDefinitions(sql);
  const names: string[] = [];
  for (const [first, ...rest] of definitions ?? []) {
    if (first === undefined) return undefined;
    if (CONSTRAINTS.has(first.toLowerCase())) break;
    if (rest.some((token) => COMPUTED.has(token.toLowerCase()))) return undefined;
    names.push(unquote(first));
  }
  return names.length > 0 ? names : undefined;
}

/** The tokens of each part between the outer parentheses, without those nested deeper; `undefined` if they are not closed. */
function splitDefinitions(sql: string): string[][] | undefined {
  const parts: string[][] = [[]];
  let depth = 0;
  for (const [token] of sql.matchAll(TOKEN)) {
    if (NOTHING.test(token)) continue;
    if (token === "(") depth += 1;
    else if (token === ")") depth -= 1;
    else if (depth === 1 && token === ",") parts.push([]);
    else if (depth === 1) parts.at(-1)?.push(token);
    if (token === ")" && depth === 0) return parts;
  }
  return undefined;
}

function unquote(token: string): string {
  return QUOTED.test(token) ? token.slice(1, -1) : token;
}
