import type { PlatformChoice } from "#lib/formats/oci/index.ts";
import type { ChunkSizes } from "#lib/model/chunk.ts";
import type { FileContent, FilePlace } from "#lib/model/opened-file.ts";
import type { SourceAccess } from "#lib/sources/environment.ts";

/** A scan's arguments: plain data, since the scan runs in a separate process. */
export interface ScanRequest {
  /** The source as the user wrote it. */
  readonly source: string;
  readonly access: SourceAccess;
  readonly name: string | undefined;
  readonly platform: PlatformChoice;
  /** Store paths that `--root` names. */
  readonly roots: readonly string[];
  /** Take images by manifest and config alone. */
  readonly manifestsOnly: boolean;
  /** Also hash a store's files. */
  readonly files: boolean;
  /** Also cut files into chunks of these sizes. */
  readonly chunks: ChunkSizes | undefined;
  /** The upload with the source's file, which is removed once the scan has ended. */
  readonly uploadId?: string;
}

/** A stored image whose files are to be cut into chunks, from the sources it was scanned from. */
export interface CutRequest {
  readonly artifact: { readonly id: number; readonly name: string; readonly digest: string };
  readonly access: SourceAccess;
  readonly sizes: ChunkSizes;
}

/** One scanned file, to be read again from one of its artifact's sources. */
export interface ReadFileRequest {
  /** As the artifact was scanned from it. */
  readonly source: string;
  readonly access: SourceAccess;
  /** The artifact's digest. */
  readonly digest: string;
  readonly place: FilePlace;
  readonly content: FileContent;
}

/** The task of a scanning process. */
export type ScanTask =
  | { readonly kind: "scan"; readonly request: ScanRequest }
  | { readonly kind: "cut"; readonly request: CutRequest }
  | { readonly kind: "file"; readonly request: ReadFileRequest };

/** A task, and the database that it works on. */
export interface StoredTask {
  readonly task: ScanTask;
  readonly databaseUrl: string;
}
