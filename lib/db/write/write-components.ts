import type { PoolClient } from "pg";
import type { Component } from "#lib/model/component.ts";
import type { SnapshotEdges } from "#lib/model/snapshot.ts";
import { copyRows } from "./copy-rows.ts";
import { toStorable } from "./storable-text.ts";
import { reserveIds } from "./transaction.ts";

/** Component ids by node index, and which of them are new. Instances of one component share its id. */
interface WrittenComponents {
  readonly ids: Float64Array;
  readonly fresh: ReadonlySet<number>;
}

/** Stores the components that are new. */
export async function writeComponents(
  client: PoolClient,
  components: readonly Component[],
): Promise<WrittenComponents> {
  const ids = await findComponentIds(client, components);
  const byKey = new Map<string, number>();
  const missing: Component[] = [];
  for (const [i, component] of components.entries()) {
    if (ids[i] !== 0 || byKey.has(toKey(component))) continue;
    byKey.set(toKey(component), missing.length);
    missing.push(component);
  }
  const first = await reserveIds(client, "component", missing.length);
  const fresh = new Set<number>();
  for (const [i, component] of components.entries()) {
    const row = byKey.get(toKey(component));
    if (row === undefined) continue;
    ids[i] = first + row;
    fresh.add(i);
  }
  await copyRows(client, "component", missing, {
    id: (field, _, i) => field.int8(first + i),
    identity: (field, { identity }) => field.text(identity),
    nar_hash: (field, { narHash = "" }) => field.text(narHash),
    kind: (field, { kind }) => field.text(kind),
    name: (field, { name }) => field.text(name),
    version: (field, { version }) => field.text(version),
    deriver: (field, { deriver = "" }) => field.text(deriver),
  });
  return { ids, fresh };
}

function toKey({ identity, narHash = "" }: Component): string {
  return toStorable(`${identity}\n${narHash}`);
}

async function findComponentIds(client: PoolClient, components: readonly Component[]): Promise<Float64Array> {
  const ids = new Float64Array(components.length);
  const { rows } = await client.query<{ row: number; id: number }>(
    `SELECT wanted.row, component.id
     FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS wanted (identity, nar_hash, row)
     JOIN component USING (identity, nar_hash)`,
    [
      components.map((component) => toStorable(component.identity)),
      components.map((component) => toStorable(component.narHash ?? "")),
    ],
  );
  for (const { row, id } of rows) ids[row - 1] = id;
  return ids;
}

/** Stores the references of the new store paths: those of a known path were stored when it was first seen. */
export async function writeStoreReferences(
  client: PoolClient,
  { ids, fresh }: WrittenComponents,
  { from, to }: SnapshotEdges,
): Promise<void> {
  const edges: number[] = [];
  for (let i = 0; i < from.length; i++) if (fresh.has(from[i]!)) edges.push(i);
  await copyRows(client, "store_reference", edges, {
    referrer_id: (field, edge) => field.int8(ids[from[edge]!]!),
    reference_id: (field, edge) => field.int8(ids[to[edge]!]!),
  });
}
