import type { ChunkSizes } from "#lib/model/chunk.ts";
import type { ProblemCode } from "#lib/model/problem.ts";
import type { StoreFiles } from "#lib/model/store-files.ts";
import type { ThrownError } from "#lib/model/thrown-error.ts";

/** A store item to read, and the expected NAR. */
export interface ItemToRead {
  /** Node index. */
  readonly item: number;
  /** Its name in the store directory. */
  readonly name: string;
  /** As written in the store's database. */
  readonly narHash: string;
  readonly narSize: number;
}

/** Start data of a worker. */
export interface ItemWorkerSettings {
  /** The real path of the store directory. */
  readonly itemsDir: string;
  readonly budget: SharedArrayBuffer;
  readonly chunks: ChunkSizes | undefined;
}

/** Why the files of an item are not known. */
export interface ItemFault {
  readonly item: number;
  readonly code: ProblemCode;
  /** Path inside the item, "" for all of it. */
  readonly place: string;
  readonly message: string;
}

/** Worker to main thread. `files` may come several times per job; `done` ends it. */
export type ItemReply =
  | { readonly type: "read"; readonly byteCount: number }
  | { readonly type: "files"; readonly files: StoreFiles }
  | { readonly type: "done"; readonly faults: readonly ItemFault[] }
  | { readonly type: "failed"; readonly error: ThrownError };
