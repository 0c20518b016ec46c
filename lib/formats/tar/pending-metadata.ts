import { type RawHeader, Typeflag } from "./header.ts";
import { hasSparseMap, type PaxRecords, parsePaxRecords } from "./pax.ts";

/** What the metadata members of a tar say of the member that follows them. */
export class PendingMetadata {
  #pax: PaxRecords | undefined;
  #longName: Uint8Array | undefined;
  #longLink: Uint8Array | undefined;

  static isMetadata(typeflag: number): boolean {
    return METADATA.has(typeflag);
  }

  /** The next member's body begins with a sparse map. */
  get hasSparseMap(): boolean {
    return hasSparseMap(this.#pax);
  }

  /**
   * Keeps the body of a metadata member until the next member. True for a global header that sets defaults: POSIX applies it to
   * all members after it; Go's archive/tar does not, nor do Docker and containerd. git and others write a comment there.
   */
  add(typeflag: number, body: Uint8Array, place: string): boolean {
    if (typeflag === Typeflag.gnuLongName) this.#longName = untilNul(body);
    else if (typeflag === Typeflag.gnuLongLink) this.#longLink = untilNul(body);
    else if (typeflag === Typeflag.paxGlobal) return this.#addGlobal(body, place);
    else this.#pax = parsePaxRecords(body, place);
    return false;
  }

  /** Applies the metadata to the header and forgets it. As in Go, pax records win over the header, and a GNU long name over both. */
  fold(header: RawHeader): void {
    const pax = this.#pax;
    header.path = this.#longName ?? pax?.path ?? header.path;
    header.link = this.#longLink ?? pax?.link ?? header.link;
    header.byteCount = pax?.byteCount ?? header.byteCount;
    header.mtime = pax?.mtime ?? header.mtime;
    header.uid = pax?.uid ?? header.uid;
    header.gid = pax?.gid ?? header.gid;
    if (pax?.xattrs !== undefined) header.xattrs = pax.xattrs;
    this.#pax = undefined;
    this.#longName = undefined;
    this.#longLink = undefined;
  }

  #addGlobal(body: Uint8Array, place: string): boolean {
    const { xattrs: _, ...records } = parsePaxRecords(body, place);
    this.#pax = undefined;
    return Object.values(records).some((value) => value !== undefined);
  }
}

const METADATA: ReadonlySet<number> = new Set([
  Typeflag.paxExtended,
  Typeflag.solarisExtended,
  Typeflag.paxGlobal,
  Typeflag.gnuLongName,
  Typeflag.gnuLongLink,
]);

function untilNul(bytes: Uint8Array): Uint8Array {
  const nul = bytes.indexOf(0);
  return nul < 0 ? bytes : bytes.subarray(0, nul);
}
