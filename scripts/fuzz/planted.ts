import type { FuzzTarget } from "./fuzz-target.ts";

/**
 * Faults planted to check that fuzzing finds each kind. They are behind comparisons that a random input passes once in
 * 2^48: a fuzzer without coverage never gets there.
 */
const MAGIC = "strata";

function hasMagic(input: Uint8Array): boolean {
  let matched = 0;
  for (let i = 0; i < MAGIC.length; i++) {
    if (input[i] !== MAGIC.charCodeAt(i)) return false;
    matched += step(i);
  }
  return matched === MAGIC.length;
}

/** A separate edge for each byte, so that coverage shows how far an input came. */
function step(i: number): number {
  switch (i) {
    case 0:
      return 1;
    case 1:
      return 1;
    case 2:
      return 1;
    case 3:
      return 1;
    case 4:
      return 1;
    default:
      return 1;
  }
}

const kept: Uint8Array[] = [];

function spin(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

function plant(name: string, fault: (input: Uint8Array) => void): FuzzTarget {
  return { name, maxLength: 64, seeds: ["x"], check: fault };
}

export const TARGETS: readonly FuzzTarget[] = [
  plant("crash", (input) => {
    if (hasMagic(input)) throw new Error("planted");
  }),
  plant("slow", (input) => {
    if (input[0] === 0x73) spin(1500);
  }),
  plant("hang", (input) => {
    if (input[0] === 0x73) spin(120_000);
  }),
  plant("growth", (input) => {
    kept.push(new Uint8Array(1000 + input.length));
  }),
  plant("sound", hasMagic),
];
