import type { CameraPlace } from "#lib/pictures/camera-place.ts";
import type { MapScene } from "#lib/pictures/map/map-camera.ts";
import { type GraphState, graphAddress, graphParameters } from "../graph-address.ts";

/** The state in the address bar: the camera may have moved since the server saw it. */
export function currentState(page: string): GraphState {
  return { ...graphParameters.parse(new URLSearchParams(window.location.search)), page };
}

/** The camera of an address, if it has one. */
export function placeOf({ x = 0, y = 0, z }: Pick<GraphState, "x" | "y" | "z">): CameraPlace | undefined {
  return z === undefined ? undefined : { x, y, z };
}

/** The camera of a scene for an address. One that shows everything has no place. */
export function cameraOf(scene: Pick<MapScene, "toPlace">): Pick<GraphState, "x" | "y" | "z"> {
  const { z, x, y } = scene.toPlace();
  return z === 1 ? { z, x: undefined, y: undefined } : { z, x, y };
}

/** The page of the address bar: of two artifacts, with their names. */
function pageOfWindow(): string {
  const others = new URLSearchParams(window.location.search);
  for (const name of Object.keys(graphParameters.parse({}))) others.delete(name);
  return others.size === 0 ? window.location.pathname : `${window.location.pathname}?${others}`;
}

/** The view that this page wrote last. */
let written: CameraPlace | undefined;

/**
 * Writes the camera into the address bar, without a request and without a step for the back button. A map that shows everything
 * needs no camera, unless another address follows (`always`): back at this one, it must show everything again.
 */
export function writeCamera(scene: Pick<MapScene, "toPlace">, always: boolean): void {
  const { z, x, y } = scene.toPlace();
  written = { z, x, y };
  const state = currentState(pageOfWindow());
  if (z === 1 && !always && state.z === undefined) return;
  const address = graphAddress(state, cameraOf(scene));
  if (address === window.location.pathname + window.location.search) return;
  // With the router's own state, so that it takes no notice: otherwise it would drop a navigation that is under way.
  window.history.replaceState(window.history.state, "", address);
}

/** Digits of a number in an address. */
const PRECISION = 2e-6;

/**
 * Whether an address asks for another view than the scene's. Not if the page wrote it itself: the camera may have moved on by the
 * time the router tells of it.
 */
export function isElsewhere(scene: Pick<MapScene, "toPlace">, place: CameraPlace): boolean {
  return !isSame(scene.toPlace(), place) && (written === undefined || !isSame(written, place));
}

function isSame(one: CameraPlace, other: CameraPlace): boolean {
  const near = (a: number, b: number) => Math.abs(a - b) < PRECISION * Math.max(1, b);
  return near(one.x, other.x) && near(one.y, other.y) && near(one.z, other.z);
}
