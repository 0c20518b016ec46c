import type { SourceEnvironment } from "./environment.ts";
import type { OpenedImages } from "./images/open-images.ts";
import type { OpenedStore } from "./store/index.ts";

/** What help texts, README and refusals say of a transport, and how a source that leaves it out is guessed. */
interface TransportFacts {
  /** The word before the colon. */
  readonly name: string;
  /** Every form of a source, `name:[…]` where nothing need follow the colon. */
  readonly spellings: readonly string[];
  readonly example: string;
  /** What is read, in one sentence. */
  readonly reads: string;
  /** Whether it reads what this machine has. */
  readonly isLocal: boolean;
  /** Where this machine has the items of its own such store, which `up` scans when no source is named. */
  readonly itemsDir?: string;
  /** Whether a path, as it was written, leads to such a source. */
  recognises?(path: string, environment: SourceEnvironment): boolean;
}

/** A row of the list of transports. Only the row knows `Spec`, the text after the colon taken apart. */
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

/** A source taken apart and not opened yet. */
export type Source = ImageSource | StoreSource;

export interface ImageSource {
  readonly kind: "images";
  open(signal: AbortSignal): Promise<OpenedImages>;
}

export interface StoreSource {
  readonly kind: "store";
  open(signal: AbortSignal): Promise<OpenedStore>;
}

export interface Transport extends TransportFacts {
  readonly kind: Source["kind"];
  /** Takes the text after the colon apart. Throws UsageError. */
  parse(rest: string, environment: SourceEnvironment): Source;
}

/** A transport whose sources hold images. */
export function imageTransport<Spec>(row: TransportRow<Spec, OpenedImages>): Transport {
  return { ...row, kind: "images", parse: (...words) => ({ kind: "images", open: parseRow(row, ...words) }) };
}

/** A transport whose sources are store closures. */
export function storeTransport<Spec>(row: TransportRow<Spec, OpenedStore>): Transport {
  return { ...row, kind: "store", parse: (...words) => ({ kind: "store", open: parseRow(row, ...words) }) };
}

function parseRow<Spec, Opened>(row: TransportRow<Spec, Opened>, rest: string, environment: SourceEnvironment) {
  const spec = row.parse(rest, environment);
  return (signal: AbortSignal): Promise<Opened> => row.open(spec, { environment, signal });
}
