/** `waiting`: also between two tries. `failed`: not tried again by itself. */
export type DeliveryState = "waiting" | "failed" | "done";

/** A request to the webhook about one stale image. Times are milliseconds since the epoch. */
export interface Delivery {
  readonly id: string;
  /** Name of the image. */
  readonly image: string;
  readonly state: DeliveryState;
  /** Tries that ended. */
  readonly tryCount: number;
  /** Why the last try failed. */
  readonly message: string | undefined;
  readonly requestedAt: number;
  readonly nextTryAt: number | undefined;
  readonly endedAt: number | undefined;
}

/** The requests of the last seven days. */
export interface Deliveries {
  readonly doneCount: number;
  /** Those that wait or failed; the last first. */
  readonly open: readonly Delivery[];
  readonly openCount: number;
}
