import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const CHECKOUT = fileURLToPath(new URL("../../", import.meta.url));

/** A query of lib/db with the columns declared in its code. */
export interface DeclaredQuery {
  /** `lib/db/queries/list-layers.ts:40`: the position of `query<Row>`. */
  readonly site: string;
  /**
   * Column, or its position in a row that is a tuple → its TypeScript types, aliases resolved: `string | null`; `nothing` if it
   * may be absent.
   */
  readonly columns: ReadonlyMap<string, string>;
}

/** Reads every `query<Row>(` of lib/db: Row's own fields, and those it extends, intersects or imports. */
export function listDeclaredQueries(): DeclaredQuery[] {
  const files = globSync("lib/db/**/*.ts", { cwd: CHECKOUT }).filter(
    (file) => !file.includes(".test.") && !file.includes("/generated/") && !file.endsWith("queryable.ts"),
  );
  return files.flatMap((file) => {
    const text = readFileSync(join(CHECKOUT, file), "utf8");
    return Array.from(text.matchAll(/\.query</g), ({ index }) => {
      const row = readBrackets(text, index + ".query".length, "<>");
      const site = `${file}:${text.slice(0, index).split("\n").length}`;
      return { site, columns: resolveRow(row, { file, text }) };
    });
  });
}

interface SourceFile {
  readonly file: string;
  readonly text: string;
}

/** The text between the bracket at `at` and its counterpart. */
function readBrackets(text: string, at: number, [open, close]: string): string {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    if (text[i] === open) depth++;
    if (text[i] === close && --depth === 0) return text.slice(at + 1, i);
  }
  throw new Error(`no ${close} after ${text.slice(at, at + 40)}`);
}

function resolveRow(row: string, source: SourceFile): Map<string, string> {
  const columns = new Map<string, string>();
  for (const part of row.split(/&(?![^{]*\})/).map((each) => each.trim())) {
    const found = part.startsWith("[") ? readTuple(part, source) : resolvePart(part, source);
    for (const [name, type] of found) columns.set(name, type);
  }
  return columns;
}

function resolvePart(part: string, source: SourceFile): Map<string, string> {
  return part.startsWith("{") ? readFields(readBrackets(part, 0, "{}"), source) : resolveName(part, source);
}

function readTuple(part: string, source: SourceFile): Map<string, string> {
  const members = part.slice(1, -1).split(",");
  return new Map(members.map((member, i) => [`${i}`, resolveType(member.replace(/^\s*\w+:/, "").trim(), source)]));
}

function resolveName(name: string, source: SourceFile): Map<string, string> {
  const record = /^Record<(.+), (.+)>$/s.exec(name);
  if (record !== null) return new Map(listKeys(record[1]!, source).map((key) => [key, record[2]!]));
  const omit = /^Omit<(\w+), (.+)>$/s.exec(name);
  if (omit !== null) {
    const omitted = listKeys(omit[2]!, source);
    return new Map([...resolveName(omit[1]!, source)].filter(([key]) => !omitted.includes(key)));
  }
  const { file, text } = findDeclaration(name, source);
  const alias = new RegExp(`type ${name} = ([^;]+);`).exec(text)?.[1];
  if (alias !== undefined) return resolveRow(alias, { file, text });
  const declared = new RegExp(`interface ${name}\\b(?: extends ([^{]+))? \\{`).exec(text)!;
  const inherited = (declared[1] ?? "").split(/,(?![^<]*>)/).filter((each) => each.trim() !== "");
  const own = readFields(readBrackets(text, declared.index + declared[0].length - 1, "{}"), { file, text });
  return new Map([...inherited.flatMap((each) => [...resolveName(each.trim(), { file, text })]), ...own]);
}

function listKeys(keys: string, source: SourceFile): string[] {
  if (keys.startsWith("keyof ")) return [...resolveName(keys.slice("keyof ".length), source).keys()];
  return Array.from(keys.matchAll(/"(\w+)"/g), ([, key]) => key!);
}

/** The file that declares a name: this one, or the one from which it is imported. */
function findDeclaration(name: string, { file, text }: SourceFile): SourceFile {
  if (new RegExp(`^(?:export )?(?:interface|type) ${name}\\b`, "m").test(text)) return { file, text };
  const path = new RegExp(`import [^;]*\\b${name}\\b[^;]* from "([^"]+)"`).exec(text)?.[1];
  if (path === undefined) throw new Error(`${file} neither declares nor imports ${name}`);
  const target = path.startsWith("#") ? path.slice(1) : join(dirname(file), path);
  return { file: target, text: readFileSync(join(CHECKOUT, target), "utf8") };
}

function readFields(body: string, source: SourceFile): Map<string, string> {
  const plain = body.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
  const fields = plain.matchAll(/(?:readonly )?(\w+)(\??): ([^;]+)(?:;|$)/g);
  return new Map(
    Array.from(fields, ([, name, optional, type]) => {
      const resolved = resolveType(type!.trim(), source);
      return [name!, optional === "?" ? `${resolved} | nothing` : resolved];
    }),
  );
}

const PLAIN = /^(?:string|number|boolean|Buffer|Date|null|undefined|object|".*")(?:\[\])?$/;

/** Each member of a union as a plain type: a literal is a string, an alias is resolved. */
function resolveType(type: string, source: SourceFile): string {
  const members = type.split("|").map((each) => each.trim());
  return members.map((member) => resolveMember(member.replace("readonly ", ""), source)).join(" | ");
}

function resolveMember(spelled: string, source: SourceFile): string {
  // The brand of a branded type is not in the value.
  const member = spelled.split(" & ")[0]!;
  if (member.startsWith('"') || member.startsWith("keyof ")) return "string";
  if (PLAIN.test(member)) return member;
  const { file, text } = findDeclaration(member.replace("[]", ""), source);
  if (member.endsWith("[]")) return "object";
  const alias = new RegExp(`type ${member} =\\s*\\|?\\s*([^;]+);`).exec(text)?.[1];
  if (alias === undefined) return "object";
  // `(typeof Evidence)[keyof typeof Evidence]`: the numbers of a constant.
  if (alias.startsWith("(typeof")) return "number";
  return resolveType(alias, { file, text });
}
