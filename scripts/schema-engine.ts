import { readFileSync } from "node:fs";
import {
  bindMigrationAwareSqlAdapterFactory,
  type ColumnType,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type SqlResultSet,
} from "@prisma/driver-adapter-utils";
import { SchemaEngine } from "@prisma/schema-engine-wasm";
import pg from "pg";

/**
 * Prisma's schema engine in WebAssembly, for development: it writes the SQL that turns the tables of a database into
 * those of schema.prisma. Prisma's command line includes it only as a native program, which is not on npm.
 */

/** The SQL from the tables of `database` to those of the schema; "" if they agree. */
export async function diffToSchema(database: pg.ClientConfig, schemaFile: string): Promise<string> {
  const schema = { path: schemaFile, content: readFileSync(schemaFile, "utf8") };
  const client = new pg.Client(database);
  await client.connect();
  try {
    const adapters = bindMigrationAwareSqlAdapterFactory(catalogReader(client));
    const engine = await SchemaEngine.new({ datamodels: [[schema.path, schema.content]] }, () => undefined, adapters);
    const { stdout } = await engine.diff({
      from: { tag: "schemaDatasource", files: [schema], configDir: "." },
      to: { tag: "schemaDatamodel", files: [schema] },
      script: true,
      exitCode: null,
      filters: { externalTables: ["public._prisma_migrations"], externalEnums: [] },
    });
    return stdout === null || stdout.includes("This is an empty migration") ? "" : stdout;
  } finally {
    await client.end();
  }
}

/** Catalog column types by their OID (pg_type.dat). @prisma/adapter-pg has none for "char" (18), which the engine selects. */
const COLUMN_TYPES: Readonly<Record<number, ColumnType>> = {
  16: ColumnTypeEnum.Boolean,
  18: ColumnTypeEnum.Character,
  19: ColumnTypeEnum.Text,
  20: ColumnTypeEnum.Int64,
  21: ColumnTypeEnum.Int32,
  23: ColumnTypeEnum.Int32,
  25: ColumnTypeEnum.Text,
  26: ColumnTypeEnum.Int64,
  1009: ColumnTypeEnum.TextArray,
  1043: ColumnTypeEnum.Text,
};

/** A driver adapter that can only describe a schema. The engine never closes what it opened. */
function catalogReader(client: pg.Client): SqlMigrationAwareDriverAdapterFactory {
  const named = { provider: "postgres", adapterName: "stratigraph-catalog-reader" } as const;
  const refuse = () => Promise.reject(new Error("the schema engine only reads here"));
  const adapter: SqlDriverAdapter = {
    ...named,
    queryRaw: (query) => queryCatalog(client, query),
    executeRaw: refuse,
    executeScript: refuse,
    startTransaction: refuse,
    getConnectionInfo: () => ({ schemaName: "public", supportsRelationJoins: true }),
    dispose: async () => undefined,
  };
  return { ...named, connect: async () => adapter, connectToShadowDb: refuse };
}

async function queryCatalog(client: pg.Client, query: SqlQuery): Promise<SqlResultSet> {
  const result = await client.query<unknown[]>({ text: query.sql, values: query.args, rowMode: "array" });
  return {
    columnNames: result.fields.map((field) => field.name),
    columnTypes: result.fields.map((field) => columnType(field)),
    rows: result.rows,
  };
}

function columnType(field: pg.FieldDef): ColumnType {
  const type = COLUMN_TYPES[field.dataTypeID];
  if (type === undefined) throw new Error(`column ${field.name} has type ${field.dataTypeID}: add it to COLUMN_TYPES`);
  return type;
}
