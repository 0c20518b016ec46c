/** One step of an image's history. */
export interface HistoryStep {
  /** "" for a step with a layer whose text the layer has. */
  readonly createdBy: string;
  readonly comment: string;
  readonly created: string;
  /** The step made no layer. */
  readonly isEmpty: boolean;
}

/** How an image runs and how it was made, as its config says; "" and [] for what it does not say. */
export interface ImageSettings {
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly workingDir: string;
  /** `NAME=VALUE`. */
  readonly environment: readonly string[];
  readonly user: string;
  readonly ports: readonly string[];
  readonly volumes: readonly string[];
  readonly labels: readonly { readonly name: string; readonly value: string }[];
  readonly stopSignal: string;
  /** The oldest first. */
  readonly history: readonly HistoryStep[];
  /** The config says more than is kept. */
  readonly isCut: boolean;
}

export const NO_SETTINGS: ImageSettings = {
  entrypoint: [],
  command: [],
  workingDir: "",
  environment: [],
  user: "",
  ports: [],
  volumes: [],
  labels: [],
  stopSignal: "",
  history: [],
  isCut: false,
};
