import type { SourceEnvironment } from "./environment.ts";
import type { OpenedImages } from "./images/open-images.ts";
import type { OpenedSbom } from "./sbom/open-sbom.ts";
import type { OpenedStore } from "./store/index.ts";

/** A transport as help texts, the README and error messages describe it, and how it is guessed. */
interface TransportFacts {
  /** The word before the colon. */
  readonly name: string;
  /** Every form of a source; `name:[…]` if the text after the colon is optional. */
  readonly spellings: readonly string[];
  readonly example: string;
  /** What it reads, in one sentence. */
  readonly reads: string;
  /** Reads this machine's files or sockets. */
  readonly isLocal: boolean;
  /** Directory of this machine's own store of this kind, which `up` scans if no source is given. */
  readonly itemsDir?: string;
  /** Whether an unresolved path is such a source. */
  recognises?(path: string, environment: SourceEnvironment): boolean;
}

/** A row of the list of transports. `Spec` is the parsed text after the colon; only the row uses it. */
export interface TransportRow<Spec, Opened> extends TransportFacts {
  /** Throws UsageError. */
  parse(rest: string, environment: SourceEnvironment): Spec;
  /** Throws InputError and UnreachableError. */
  open(spec: Spec, context: OpenContext): Promise<Opened>;
}

interface OpenContext {
  readonly environment: SourceEnvironment;
  readonly signal: AbortSignal;
}

/** A parsed source, not opened yet. */
export type Source = ImageSource | StoreSource | SbomSource;

export interface ImageSource {
  readonly kind: "images";
  open(signal: AbortSignal): Promise<OpenedImages>;
}

export interface StoreSource {
  readonly kind: "store";
  open(signal: AbortSignal): Promise<OpenedStore>;
}

export interface SbomSource {
  readonly kind: "sbom";
  open(signal: AbortSignal): Promise<OpenedSbom>;
}

export interface Transport extends TransportFacts {
  readonly kind: Source["kind"];
  /** Parses the text after the colon. Throws UsageError. */
  parse(rest: string, environment: SourceEnvironment): Source;
}

/** A transport whose sources contain images. */
export function imageTransport<Spec>(row: TransportRow<Spec, OpenedImages>): Transport {
  return { ...row, kind: "images", parse: (...words) => ({ kind: "images", open: parseRow(row, ...words) }) };
}

/** A transport whose sources are stores. */
export function storeTransport<Spec>(row: TransportRow<Spec, OpenedStore>): Transport {
  return { ...row, kind: "store", parse: (...words) => ({ kind: "store", open: parseRow(row, ...words) }) };
}

/** A transport whose sources are software bills of materials. */
export function sbomTransport<Spec>(row: TransportRow<Spec, OpenedSbom>): Transport {
  return { ...row, kind: "sbom", parse: (...words) => ({ kind: "sbom", open: parseRow(row, ...words) }) };
}

function parseRow<Spec, Opened>(row: TransportRow<Spec, Opened>, rest: string, environment: SourceEnvironment) {
  const spec = row.parse(rest, environment);
  return (signal: AbortSignal): Promise<Opened> => row.open(spec, { environment, signal });
}
