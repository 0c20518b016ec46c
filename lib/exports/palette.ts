/** Colours by the names of the pages' custom properties, without the leading dashes. */
export type Palette = Readonly<Record<string, string>>;

/** The pages' colours, light and dark, for exported files and link pictures; palette.test.ts compares them with app/globals.css. */
const COLOURS: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  ground: ["oklch(0.985 0.002 160)", "oklch(0.185 0.008 175)"],
  raised: ["oklch(1 0 0)", "oklch(0.222 0.009 175)"],
  sunken: ["oklch(0.962 0.004 160)", "oklch(0.155 0.007 175)"],
  line: ["oklch(0.905 0.006 160)", "oklch(0.305 0.01 175)"],
  "line-strong": ["oklch(0.64 0.012 165)", "oklch(0.56 0.012 170)"],
  ink: ["oklch(0.235 0.012 175)", "oklch(0.935 0.006 165)"],
  "ink-dim": ["oklch(0.475 0.014 170)", "oklch(0.735 0.012 168)"],
  accent: ["oklch(0.49 0.105 172)", "oklch(0.79 0.12 170)"],
  "stratum-edge": ["oklch(0.3 0.02 100 / 0.55)", "oklch(0.12 0.01 175 / 0.9)"],
  hatch: ["oklch(0.2 0.02 60 / 0.8)", "oklch(0.12 0.01 60 / 0.85)"],
  "rock-0": ["oklch(0.917 0.051 88.7)", "oklch(0.867 0.051 88.7)"],
  "rock-1": ["oklch(0.627 0.053 44.3)", "oklch(0.577 0.053 44.3)"],
  "rock-2": ["oklch(0.744 0.065 129.6)", "oklch(0.694 0.065 129.6)"],
  "rock-3": ["oklch(0.62 0.036 256.1)", "oklch(0.57 0.036 256.1)"],
  "rock-4": ["oklch(0.833 0.051 78.4)", "oklch(0.783 0.051 78.4)"],
  "rock-5": ["oklch(0.725 0.053 324.7)", "oklch(0.675 0.053 324.7)"],
  "rock-6": ["oklch(0.874 0.03 178.5)", "oklch(0.824 0.03 178.5)"],
  "rock-7": ["oklch(0.785 0.068 7.6)", "oklch(0.735 0.068 7.6)"],
  "rock-unique": ["oklch(0.885 0.005 160)", "oklch(0.43 0.008 170)"],
  "rock-unique-alternate": ["oklch(0.82 0.006 160)", "oklch(0.36 0.008 170)"],
  "side-left": ["oklch(0.7 0.115 245)", "oklch(0.66 0.11 245)"],
  "side-right": ["oklch(0.73 0.135 42)", "oklch(0.69 0.13 42)"],
  "side-both": ["oklch(0.83 0.01 170)", "oklch(0.62 0.01 170)"],
  "side-changed": ["oklch(0.88 0.125 97)", "oklch(0.83 0.12 97)"],
};

export const LIGHT = toPalette(0);
export const DARK = toPalette(1);

function toPalette(theme: 0 | 1): Palette {
  return Object.fromEntries(Object.entries(COLOURS).map(([name, colours]) => [name, colours[theme]]));
}

/** The palette as declarations of a style sheet. */
export function toDeclarations(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(";");
}
