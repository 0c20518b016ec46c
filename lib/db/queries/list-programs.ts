import { ELF_MAGIC, IS_PROGRAM, SCRIPT_MAGIC } from "#lib/model/program-facts.ts";
import type { Queryable } from "./queryable.ts";

/** A file of a layer that the linker or the kernel can use. */
export interface ProgramEntry {
  /** Its place among the layer's entries. */
  readonly ordinal: number;
  /** A library; otherwise a program or a script. */
  readonly isLibrary: boolean;
}

/** Bytes before the flags of an ELF file's facts. */
const FLAGS_AT = 9;

/** The programs, libraries and scripts of a layer, from their facts. */
export async function listPrograms(db: Queryable, layerId: number): Promise<ProgramEntry[]> {
  const { rows } = await db.query<ProgramEntry>(
    `SELECT ordinal, substring(body FROM 1 FOR 4) = $2 AND get_byte(body, ${FLAGS_AT}) & ${IS_PROGRAM} = 0 AS "isLibrary"
     FROM layer_document WHERE layer_id = $1 AND substring(body FROM 1 FOR 4) IN ($2, $3) AND length(body) > ${FLAGS_AT}`,
    [layerId, Buffer.from(ELF_MAGIC), Buffer.from(SCRIPT_MAGIC)],
  );
  return rows;
}
