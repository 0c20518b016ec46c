const DIGITS = /^\d/;

/** Orders names as the GNU linker searches them: numbers in them by value, a number after any other character. */
export function compareLibraryNames(a: string, b: string): number {
  let [i, j] = [0, 0];
  while (i < a.length) {
    const [digit, other] = [isDigit(a, i), isDigit(b, j)];
    if (digit !== other) return digit ? 1 : -1;
    if (digit) {
      const [left, right] = [numberAt(a, i), numberAt(b, j)];
      if (left.value !== right.value) return left.value - right.value;
      [i, j] = [left.end, right.end];
    } else {
      if (a[i] !== b[j]) return charAt(a, i) - charAt(b, j);
      [i, j] = [i + 1, j + 1];
    }
  }
  return charAt(a, i) - charAt(b, j);
}

function isDigit(text: string, at: number): boolean {
  return DIGITS.test(text.charAt(at));
}

function charAt(text: string, at: number): number {
  return at < text.length ? text.charCodeAt(at) : 0;
}

function numberAt(text: string, at: number): { value: number; end: number } {
  let end = at;
  while (isDigit(text, end)) end += 1;
  return { value: Number(text.slice(at, end)), end };
}
