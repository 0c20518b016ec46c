/** How the bytes of an update are counted, from whole layers to chunks. */
export const UPDATE_MODELS = [
  "layers",
  "changed-layers",
  "rebase",
  "package",
  "input-addressed",
  "grafts",
  "content-addressed",
  "file",
  "chunk",
] as const;
export type UpdateModel = (typeof UPDATE_MODELS)[number];

/** Bytes; `null` if they are not known, or if the model does not apply. */
export interface UpdateBytes {
  readonly storeBytes: number | null;
  readonly pullBytes: number | null;
}

/** What an update costs under one model. */
export interface UpdateFigure extends UpdateBytes {
  readonly model: UpdateModel;
  /** Whether the bytes to store are an estimate; those to pull are one as well then. */
  readonly estimated: boolean;
  /** Whether the bytes to pull are an estimate, by the compression of today's layers. */
  readonly pullEstimated: boolean;
}

/** An artifact with a component that is updated. */
export interface UpdatedArtifact {
  readonly id: string;
  readonly name: string;
  /** Purls or store paths of the updated components in it. */
  readonly components: readonly string[];
  /** The scanned artifact that it becomes; `null` if none is known, so that its figures follow from its graph. */
  readonly to: { readonly id: string; readonly name: string } | null;
  readonly models: readonly UpdateFigure[];
}

export interface UpdateAnswer {
  /** Ids: in the order asked for, else by name. */
  readonly affected: readonly string[];
  /** All of them together: a unit that several need is counted once. */
  readonly models: readonly UpdateFigure[];
  readonly artifacts: readonly UpdatedArtifact[];
}
