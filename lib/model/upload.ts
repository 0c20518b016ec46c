/** Bytes of an archive that may be uploaded: larger ones are scanned from a path. */
export const MAX_UPLOAD_BYTES = 64 * 1024 ** 3;
/** Bytes of an archive in one request: what is sent again at most after a lost connection. */
export const MAX_CHUNK_BYTES = 8 * 1024 ** 2;
/** The header with the position of a chunk, and of the next one in an answer (draft-ietf-httpbis-resumable-upload). */
export const UPLOAD_OFFSET = "Upload-Offset";

/** A file as a browser names it. The same file again continues its upload. */
export interface FileStamp {
  readonly name: string;
  readonly byteCount: number;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
}

/** How much of an archive has arrived. */
export interface UploadProgress {
  readonly receivedBytes: number;
  readonly byteCount: number;
  /** Milliseconds since the epoch: the last byte. */
  readonly changedAt: number;
}

/** What the server has of an upload. */
export interface UploadReply {
  readonly id: string;
  readonly offset: number;
  /** The job that scans it, once all of it is there. */
  readonly jobId: string | undefined;
}
