/**
 * Whether a pattern of `workspaces` means this directory: `*` is any part of a name, `**` any number of directories, and everything
 * else itself. Both are relative to the project. Takes time in proportion to the product of their lengths, whatever the pattern.
 */
export function matchesWorkspace(pattern: string, path: string): boolean {
  return matchesWild({
    pattern: toParts(pattern),
    text: toParts(path),
    isWild: (part) => part === "**",
    isEqual: matchesName,
  });
}

function toParts(path: string): string[] {
  return path.split("/").filter((part) => part !== "" && part !== ".");
}

function matchesName(pattern: string, name: string): boolean {
  if (!pattern.includes("*")) return pattern === name;
  const isEqual = (a: string, b: string) => a === b;
  return matchesWild({ pattern: [...pattern], text: [...name], isWild: (char) => char === "*", isEqual });
}

interface Match {
  readonly pattern: readonly string[];
  readonly text: readonly string[];
  readonly isWild: (token: string) => boolean;
  readonly isEqual: (token: string, text: string) => boolean;
}

/** Only the last wild token is ever given more: what an earlier one could take, that one can take, too. */
function matchesWild({ pattern, text, isWild, isEqual }: Match): boolean {
  let at = 0;
  let wildAt = -1;
  let wildEnd = 0;
  for (let i = 0; i < text.length; ) {
    const token = pattern[at];
    if (token !== undefined && isWild(token)) {
      wildAt = at++;
      wildEnd = i;
    } else if (token !== undefined && isEqual(token, text[i]!)) {
      at++;
      i++;
    } else if (wildAt >= 0) {
      at = wildAt + 1;
      i = ++wildEnd;
    } else return false;
  }
  return pattern.slice(at).every(isWild);
}
