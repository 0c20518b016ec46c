/** A name with a maximum number of letters: its middle is cut, because its beginning and a tag at its end identify it. */
export function fitName(name: string, letters: number): string {
  const characters = [...name];
  if (characters.length <= letters) return name;
  if (letters < 2) return "…";
  const head = Math.ceil((letters - 1) / 2);
  const tail = letters - 1 - head;
  return `${characters.slice(0, head).join("")}…${tail === 0 ? "" : characters.slice(-tail).join("")}`;
}

/** Letters between two names. */
const GAP = 3;

/** Numbered names within a maximum number of letters, then the number of others: `1 base`, `2 web`, `and 11 more`. The first is always listed. */
export function fitNames(names: readonly string[], letters: number): string[] {
  const numbered = names.map((name, i) => `${i + 1} ${name}`);
  if (names.length < 2 || lettersOf(numbered) <= letters) return numbered;
  const shown = (count: number) => [...numbered.slice(0, count), `and ${names.length - count} more`];
  let count = 1;
  while (count < names.length - 1 && lettersOf(shown(count + 1)) <= letters) count++;
  return shown(count);
}

function lettersOf(words: readonly string[]): number {
  return words.reduce((sum, word) => sum + word.length + GAP, -GAP);
}
