/** An image of this machine's engine. */
export interface EngineImage {
  /** The digest of its config. */
  readonly id: string;
  /** Its first name, or its id if it has none. */
  readonly name: string;
  readonly bytes: number;
  /** What deleting it would free in the engine; `undefined` if the engine does not say. */
  readonly onlyThere: number | undefined;
}

/** A place of this machine with something to scan, or one that was looked for and is not there. */
export type MachineOffer =
  | {
      readonly kind: "engine";
      readonly label: string;
      readonly source: string;
      /** At most `MAX_OFFERED_IMAGES`, the newest first. */
      readonly images: readonly EngineImage[];
      readonly imageCount: number;
      /** Bytes that a scan of all images reads. */
      readonly bytes: number;
    }
  | {
      readonly kind: "store";
      readonly label: string;
      readonly source: string;
      readonly itemCount: number;
      readonly profileCount: number;
      /** Bytes that a scan reads: its database. */
      readonly bytes: number;
    }
  | {
      readonly kind: "missing";
      readonly label: string;
      readonly source: string /** One line. */;
      readonly line: string;
    };

export const MAX_OFFERED_IMAGES = 200;
