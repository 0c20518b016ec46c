/** What is seen of a drawing, as its address has it: the zoom (1: everything), and a point of it in shares of its sides. */
export interface CameraPlace {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/** One notch of a wheel, in every drawing. */
export const ZOOM_STEP = 1.18;
