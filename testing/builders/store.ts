import { DatabaseSync } from "node:sqlite";

/** One row of a store's database in a test. References and deriver are paths. */
export interface StoreRow {
  readonly path: string;
  readonly narSize: number | null;
  /** As in the database; an arbitrary hash if the test has no files. */
  readonly narHash?: string;
  readonly references?: readonly string[];
  readonly deriver?: string;
  /** A derivation's outputs. */
  readonly outputs?: readonly string[];
}

export interface GeneratedStoreOptions {
  readonly seed: number;
  readonly pathCount: number;
  readonly referenceCount: number;
  readonly flavour: "nix" | "guix";
}

const BASE32 = "0123456789abcdfghijklmnpqrsvwxyz";
/** Nix 2.x `schema.sql` (schema 10), and the older one that Guix kept: without the last three columns. */
const NEWER_COLUMNS = ", ultimate integer, sigs text, ca text";
const TABLES = (flavour: "nix" | "guix") => `
  create table ValidPaths (id integer primary key autoincrement not null, path text unique not null, hash text not null,
    registrationTime integer not null, deriver text, narSize integer${flavour === "nix" ? NEWER_COLUMNS : ""});
  create table Refs (referrer integer not null, reference integer not null, primary key (referrer, reference),
    foreign key (referrer) references ValidPaths(id) on delete cascade,
    foreign key (reference) references ValidPaths(id) on delete restrict);
  create table DerivationOutputs (drv integer not null, id text not null, path text not null, primary key (drv, id),
    foreign key (drv) references ValidPaths(id) on delete cascade);`;
const INDEXES = `
  create index IndexReferrer on Refs(referrer);
  create index IndexReference on Refs(reference);
  create index IndexDerivationOutputs on DerivationOutputs(path);`;

/** A writable database with a store's schema and no rows, in the journal mode that both stores use. */
export function createStoreDatabase(file: string, flavour: "nix" | "guix", pageBytes = 4096): DatabaseSync {
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  database.exec(`pragma page_size = ${pageBytes}; pragma journal_mode = wal; pragma synchronous = off`);
  database.exec(TABLES(flavour) + INDEXES);
  return database;
}

/** Adds these rows in one transaction. Paths may be in any order. */
export function insertStoreRows(database: DatabaseSync, rows: readonly StoreRow[]): void {
  const insertPath = database.prepare(
    "insert into ValidPaths (path, hash, registrationTime, deriver, narSize) values (?, ?, 1, ?, ?)",
  );
  const insertReference = database.prepare("insert into Refs values (?, ?)");
  const insertOutput = database.prepare("insert into DerivationOutputs values (?, ?, ?)");
  const idOfPath = new Map(
    database
      .prepare("select path, id from ValidPaths")
      .all()
      .map((row) => [row.path, Number(row.id)]),
  );
  database.exec("begin");
  for (const row of rows) {
    const { narHash = `sha256:${"0".repeat(64)}` } = row;
    const { lastInsertRowid } = insertPath.run(row.path, narHash, row.deriver ?? null, row.narSize);
    idOfPath.set(row.path, Number(lastInsertRowid));
  }
  for (const row of rows) {
    const id = idOfPath.get(row.path) ?? 0;
    for (const reference of row.references ?? []) insertReference.run(id, idOfPath.get(reference) ?? 0);
    row.outputs?.forEach((output, i) => void insertOutput.run(id, `out${i}`, output));
  }
  database.exec("commit");
}

/** A store path with a hash part made from this number. */
export function testStorePath(seed: number, name: string, storeDir = "/nix/store"): string {
  const random = randomNumbers(seed);
  let hash = "";
  while (hash.length < 32) hash += BASE32[Math.floor(random() * 32)];
  return `${storeDir}/${hash}-${name}`;
}

/**
 * Rows of a store-like shape, deterministic for the same options: path i refers only to earlier paths (and to itself, one in
 * five), mostly to a few hubs that everything needs and to its near predecessors, which makes long chains. One path in four is a
 * derivation; the path after it is its output. Has at most `referenceCount` references, and nearly that many.
 */
export function generateStoreRows(options: GeneratedStoreOptions): StoreRow[] {
  const random = randomNumbers(options.seed);
  const storeDir = options.flavour === "nix" ? "/nix/store" : "/gnu/store";
  const suffix = (i: number) => (i % 4 === 0 ? ".drv" : "");
  const paths = Array.from({ length: options.pathCount }, (_, i) =>
    testStorePath(options.seed * 1_000_003 + i, `package${i % 977}-${i % 7}.${i % 13}${suffix(i)}`, storeDir),
  );
  let left = options.referenceCount;
  return paths.map((path, i) => {
    const wanted = Math.min(left, Math.round((options.referenceCount / options.pathCount) * 2 * random()));
    const references = pickReferences(i, wanted, random).map((j) => paths[j]!);
    left -= references.length;
    const derived = i % 4 === 1 ? { deriver: paths[i - 1]! } : {};
    const outputs = i % 4 === 0 && i + 1 < paths.length ? { outputs: [paths[i + 1]!] } : {};
    return { path, narSize: Math.floor(10 ** (2 + 6 * random())), references, ...derived, ...outputs };
  });
}

function pickReferences(i: number, wanted: number, random: () => number): number[] {
  const picked = new Set<number>();
  if (wanted > 0 && random() < 0.2) picked.add(i);
  for (let tries = 0; i > 0 && picked.size < wanted && tries < 4 * wanted; tries++) {
    const hub = Math.floor(Math.min(i, 64) * random() ** 3);
    const near = i - 1 - Math.floor(Math.min(i, 2000) * random() ** 3);
    picked.add(random() < 0.4 ? hub : near);
  }
  return [...picked];
}

/** Writes a generated store's database to a file that does not exist yet. */
export function writeGeneratedStore(file: string, options: GeneratedStoreOptions): void {
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  database.exec("pragma journal_mode = off; pragma synchronous = off");
  database.exec(TABLES(options.flavour));
  insertStoreRows(database, generateStoreRows(options));
  database.exec(`${INDEXES} pragma journal_mode = wal`);
  database.close();
}

/** mulberry32: numbers in [0, 1), the same for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
