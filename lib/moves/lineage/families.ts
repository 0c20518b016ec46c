/** Images by their bases: -1 for one that stands on none. */
export type Bases = readonly number[];

/** Positions with every base before the images on it. Images of one base keep their order. */
export function basesFirst(bases: Bases): number[] {
  const children = listChildren(bases);
  const ordered: number[] = [...bases.keys()].filter((image) => bases[image] === -1);
  for (const image of ordered) ordered.push(...(children[image] ?? []));
  return ordered;
}

/** The images directly on each. */
export function listChildren(bases: Bases): number[][] {
  const children: number[][] = bases.map(() => []);
  for (const [image, base] of bases.entries()) children[base]?.push(image);
  return children;
}

/** An image and how many steps it is above the one that was asked for. */
export interface Above {
  readonly image: number;
  readonly steps: number;
}

/** Everything that stands on an image, itself left out: nearer images first. */
export function listAbove(children: readonly (readonly number[])[], image: number): Above[] {
  const above: Above[] = [{ image, steps: 0 }];
  for (const { image: at, steps } of above)
    above.push(...children[at]!.map((child) => ({ image: child, steps: steps + 1 })));
  return above.slice(1);
}

/** Everything that an image stands on: the lowest first. */
export function listBelow(bases: Bases, image: number): number[] {
  const below: number[] = [];
  for (let at = bases[image]!; at !== -1; at = bases[at]!) below.push(at);
  return below.reverse();
}

/** For each image the number of all that stand on it. */
export function countAbove(bases: Bases): number[] {
  const counts = bases.map(() => 0);
  for (const image of basesFirst(bases).reverse()) {
    const base = bases[image]!;
    if (base !== -1) counts[base]! += counts[image]! + 1;
  }
  return counts;
}
