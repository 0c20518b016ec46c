import type { Pool } from "pg";
import { listDocuments } from "#lib/db/queries/list-documents.ts";
import { listEntryPaths } from "#lib/db/queries/list-entry-paths.ts";
import { listNodeNames } from "#lib/db/queries/list-node-names.ts";
import { listPrograms } from "#lib/db/queries/list-programs.ts";
import { loadFileLoads } from "#lib/db/queries/load-file-loads.ts";
import type { Queryable } from "#lib/db/queries/queryable.ts";
import { ELF_MACHINES, type ElfNeeds } from "#lib/model/elf-needs.ts";
import { type FileLoads, INTERPRETER, listLoadsOf } from "#lib/model/file-loads.ts";
import type { LoadedFile, NodeProgram, NodePrograms, ProgramAnswer, ProgramNeed } from "#lib/model/program-answer.ts";
import { type ProgramFacts, readProgramFacts } from "#lib/model/program-facts.ts";
import { checkSized } from "./check-sized.ts";
import { type ImageRows, loadImageRows } from "./kept/image-rows.ts";
import { loadKeptOwners } from "./kept/owners.ts";
import { whileWhole } from "./while-whole.ts";

/** `GLIBC_2.4` before `GLIBC_2.34`. */
const BY_NUMBER = new Intl.Collator("en", { numeric: true });

interface ProgramsQuestion {
  readonly artifactId: number;
  readonly nodeIndex: number;
  readonly limit: number;
}

/** The programs, libraries and scripts of one component of an image, with what the linker finds for each; none for another artifact. */
export function answerNodePrograms(
  db: Pool,
  { artifactId, nodeIndex, limit }: ProgramsQuestion,
): Promise<NodePrograms> {
  return whileWhole(db, [{ id: artifactId }], async () => {
    await checkSized(db, [{ id: artifactId }]);
    const rows = await loadImageRows(db, artifactId);
    const own = await listOwn(db, { artifactId, nodeIndex, rows });
    const found = own.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    const listed = found.slice(0, limit);
    const programs = await loadPrograms(
      db,
      artifactId,
      listed.map(({ row }) => row),
    );
    const shown = listed.flatMap(({ row, path, layer }): NodeProgram[] => {
      const program = programs.get(row);
      return program === undefined ? [] : [{ path, layer, program }];
    });
    return { rows: shown, count: found.length };
  });
}

interface OwnEntry {
  readonly row: number;
  readonly path: string;
  readonly layer: number;
}

/** The visible programs of a node, layer by layer. */
async function listOwn(
  db: Queryable,
  { artifactId, nodeIndex, rows }: { artifactId: number; nodeIndex: number; rows: ImageRows },
): Promise<OwnEntry[]> {
  const owners = await loadKeptOwners(db, artifactId);
  const own: OwnEntry[] = [];
  for (const [layer, layerId] of rows.layerIds.entries()) {
    const programs = await listPrograms(db, layerId);
    const entries = programs
      .map(({ ordinal }) => ordinal)
      .filter((entry) => owners[rows.rowOf(layer, entry)] === nodeIndex);
    const paths = await listEntryPaths(
      db,
      entries.map((entry) => ({ layerId, entry })),
    );
    for (const [i, entry] of entries.entries()) own.push({ row: rows.rowOf(layer, entry), path: paths[i]!, layer });
  }
  return own;
}

/** What is known of the files in these rows of an image; nothing of those that are no programs. */
export async function loadPrograms(
  db: Queryable,
  artifactId: number,
  wanted: readonly number[],
): Promise<ReadonlyMap<number, ProgramAnswer>> {
  if (wanted.length === 0) return new Map();
  const [rows, loads] = await Promise.all([loadImageRows(db, artifactId), loadFileLoads(db, artifactId)]);
  const found = [...new Set(wanted.flatMap((row) => [...listLoadsOf(loads ?? new Int32Array(0), row).values()]))];
  const [facts, files] = await Promise.all([
    loadFacts(db, { artifactId, rows, wanted: [...new Set([...wanted, ...found])] }),
    loadFiles(db, { artifactId, rows, wanted: found }),
  ]);
  return new Map(
    wanted.flatMap((row) => {
      const own = facts.get(row);
      return own === undefined ? [] : [[row, toAnswer(own, { row, loads, facts, files })] as const];
    }),
  );
}

interface RowsOf {
  readonly artifactId: number;
  readonly rows: ImageRows;
  readonly wanted: readonly number[];
}

async function loadFacts(db: Queryable, { artifactId, rows, wanted }: RowsOf): Promise<Map<number, ProgramFacts>> {
  const documents = await listDocuments(db, artifactId, rows.split(wanted));
  return new Map(
    documents.flatMap(({ layer, entry, body }) => {
      const facts = readProgramFacts(body);
      return facts === undefined ? [] : [[rows.rowOf(layer, entry), facts] as const];
    }),
  );
}

async function loadFiles(db: Queryable, { artifactId, rows, wanted }: RowsOf): Promise<Map<number, LoadedFile>> {
  const places = rows.split(wanted);
  const owners = await loadKeptOwners(db, artifactId);
  const [paths, names] = await Promise.all([
    listEntryPaths(
      db,
      places.map(({ layer, entry }) => ({ layerId: rows.layerIds[layer]!, entry })),
    ),
    listNodeNames(db, artifactId, [...new Set(wanted.map((row) => owners[row]!).filter((owner) => owner >= 0))]),
  ]);
  const nameOf = new Map(names.map((name) => [name.nodeIndex, name]));
  return new Map(
    wanted.map((row, i) => [row, { path: paths[i]!, layer: places[i]!.layer, owner: nameOf.get(owners[row]!) }]),
  );
}

interface Surroundings {
  readonly row: number;
  readonly loads: FileLoads | undefined;
  readonly facts: ReadonlyMap<number, ProgramFacts>;
  readonly files: ReadonlyMap<number, LoadedFile>;
}

function toAnswer(own: ProgramFacts, around: Surroundings): ProgramAnswer {
  if (own.kind === "script") return own;
  const { row, loads, facts, files } = around;
  const found = listLoadsOf(loads ?? new Int32Array(0), row);
  const { needed, interpreter, versionsNeeded: _, machine, isLittle: __, type: ___, ...rest } = own.needs;
  const toNeed = (name: string, need: number): ProgramNeed => {
    const library = found.get(need);
    const defined = library === undefined ? undefined : facts.get(library);
    return {
      name,
      found: library === undefined ? undefined : files.get(library),
      versions: listVersions(own.needs, name, defined),
    };
  };
  return {
    kind: "elf",
    ...rest,
    machine: ELF_MACHINES[machine] ?? `machine ${machine}`,
    interpreter: interpreter === "" ? undefined : toNeed(interpreter, INTERPRETER),
    needed: needed.map(toNeed),
    isResolved: loads !== undefined,
  };
}

/** As the GNU linker compares them: a library that defines no versions satisfies every need. */
function listVersions({ versionsNeeded }: ElfNeeds, library: string, facts: ProgramFacts | undefined) {
  const defined = new Set(facts?.kind === "elf" ? facts.needs.versionsDefined : []);
  return versionsNeeded
    .filter(({ file }) => file === library)
    .sort((a, b) => BY_NUMBER.compare(a.name, b.name))
    .map(({ name, isWeak }) => ({
      name,
      isWeak,
      isMissing: defined.size > 0 && !isWeak && name !== library && !defined.has(name),
    }));
}
