/** Something that wants a label at a height. */
export interface Labelled {
  /** Where the middle of its label should be. */
  readonly middle: number;
  /** Where there is no room for all, the heaviest have labels. */
  readonly weight: number;
}

export interface PlacedLabel {
  /** Position in the list given. */
  readonly index: number;
  readonly top: number;
}

/** Labels of one height in a space, none over another, each as near to its middle as the others let it; from the top down. */
export function placeLabels(wanted: readonly Labelled[], space: number, height: number): PlacedLabel[] {
  const room = Math.floor(space / height);
  const chosen = [...wanted.keys()]
    .filter((index) => wanted[index]!.weight > 0)
    .sort((a, b) => wanted[b]!.weight - wanted[a]!.weight)
    .slice(0, room)
    .sort((a, b) => wanted[a]!.middle - wanted[b]!.middle);
  const tops: number[] = [];
  let free = 0;
  for (const index of chosen) {
    const top = Math.max(free, wanted[index]!.middle - height / 2);
    tops.push(top);
    free = top + height;
  }
  // Pushed below the end: back up from the last, each no lower than the one after it lets it.
  let end = space;
  for (let i = tops.length - 1; i >= 0; i--) {
    tops[i] = Math.min(tops[i]!, end - height);
    end = tops[i]!;
  }
  return chosen.map((index, i) => ({ index, top: tops[i]! }));
}
