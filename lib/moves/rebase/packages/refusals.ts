import { type Alternative, type DebRecord, parseRelations, satisfiesVersion } from "#lib/formats/dpkg/index.ts";
import { listFields } from "#lib/formats/three-way/index.ts";
import { FaultList } from "#lib/model/fault.ts";

/** A package that declares that it cannot be installed together with another one, which is. */
export interface Refusal {
  readonly name: string;
  readonly version: string;
  /** `Breaks: libc6 (<< 2.41)` */
  readonly declaration: string;
  /** The package that it meets: its name and version. */
  readonly met: string;
}

/** Pairs compared at most: without a limit, n packages that refuse and provide one name cost n² comparisons. */
export const MAX_REFUSAL_CANDIDATES = 1_000_000;

interface Provider {
  readonly record: DebRecord;
  readonly version: string | undefined;
}

/** Which of these installed packages break or conflict with another one of them (Debian Policy 7.3, 7.4). */
export function listRefusals(records: readonly DebRecord[]): Refusal[] {
  const providers = Map.groupBy(records.flatMap(listNames), ({ name }) => name);
  const found: Refusal[] = [];
  let candidates = 0;
  for (const record of records) {
    for (const { field, wanted } of listRefused(record)) {
      const named = providers.get(wanted.name) ?? [];
      candidates += named.length;
      if (candidates > MAX_REFUSAL_CANDIDATES) return found;
      const met = named.find((each) => each.record.name !== record.name && isRefused(each, wanted));
      if (met !== undefined) found.push(toRefusal(record, `${field}: ${toText(wanted)}`, met.record));
    }
  }
  return found;
}

function listNames(record: DebRecord): (Provider & { readonly name: string })[] {
  const provided = listRelations(record, "provides").map(({ name, operator, version }) => {
    return { name, record, version: operator === "=" ? version : undefined };
  });
  return [{ name: record.name, record, version: record.version }, ...provided];
}

function listRefused(record: DebRecord): { field: string; wanted: Alternative }[] {
  return (["Breaks", "Conflicts"] as const).flatMap((field) =>
    listRelations(record, field.toLowerCase()).map((wanted) => ({ field, wanted })),
  );
}

function listRelations({ text, name }: DebRecord, field: string): readonly Alternative[] {
  const found = listFields(text).find(({ key }) => key === field)?.text ?? "";
  const clauses = parseRelations(found.slice(found.indexOf(":") + 1), name, new FaultList());
  return clauses.flatMap(({ alternatives }) => alternatives);
}

function isRefused({ version }: Provider, wanted: Alternative): boolean {
  return version === undefined ? wanted.operator === undefined : satisfiesVersion(version, wanted);
}

function toText({ name, operator, version }: Alternative): string {
  return operator === undefined ? name : `${name} (${operator} ${version})`;
}

function toRefusal({ name, version }: DebRecord, declaration: string, met: DebRecord): Refusal {
  return { name, version, declaration, met: `${met.name} ${met.version}` };
}
