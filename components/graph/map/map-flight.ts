import type { CameraPlace } from "#lib/pictures/camera-place.ts";

const FLIGHT_MS = 260;

/** A movement from one view to another, which slows down at its end. */
export class MapFlight {
  readonly #from: CameraPlace;
  readonly #to: CameraPlace;
  readonly #begun = performance.now();

  constructor(from: CameraPlace, to: CameraPlace) {
    this.#from = from;
    this.#to = to;
  }

  /** The view at a time, exactly the last one when it has `landed`. */
  at(now: number): { readonly place: CameraPlace; readonly landed: boolean } {
    const passed = Math.max(0, Math.min(1, (now - this.#begun) / FLIGHT_MS));
    if (passed === 1) return { place: this.#to, landed: true };
    const eased = 1 - (1 - passed) ** 3;
    const between = (a: number, b: number) => a + (b - a) * eased;
    const [from, to] = [this.#from, this.#to];
    // Zoom grows by factors, so that a flight is even.
    const z = from.z * (to.z / from.z) ** eased;
    return { place: { z, x: between(from.x, to.x), y: between(from.y, to.y) }, landed: false };
  }
}
