const DIGIT = /^[0-9]+/;
const LETTERS = /^[a-zA-Z]+/;
const SEPARATORS = /^[^0-9a-zA-Z]*/;
const IS_LETTER = /^[a-zA-Z]/;

/**
 * The order of versions `[EPOCH:]VERSION[-RELEASE]`, as vercmp(8) defines it: epochs, then versions, then releases if both have one.
 */
export function comparePacmanVersions(a: string, b: string): number {
  if (a === b) return 0;
  const [left, right] = [splitVersion(a), splitVersion(b)];
  const order = compareSegments(left.epoch, right.epoch) || compareSegments(left.version, right.version);
  if (order !== 0 || left.release === undefined || right.release === undefined) return order;
  return compareSegments(left.release, right.release);
}

interface SplitVersion {
  readonly epoch: string;
  readonly version: string;
  readonly release: string | undefined;
}

function splitVersion(text: string): SplitVersion {
  const digits = DIGIT.exec(text)?.[0].length ?? 0;
  const dash = text.lastIndexOf("-");
  const end = dash < digits ? text.length : dash;
  const release = dash < digits ? undefined : text.slice(dash + 1);
  if (text[digits] !== ":") return { epoch: "0", version: text.slice(0, end), release };
  return { epoch: text.slice(0, digits) || "0", version: text.slice(digits + 1, end), release };
}

/**
 * libalpm's `rpmvercmp`: segments of digits or of letters in turn. Numbers are newer than letters, a longer separator is newer, and a
 * rest is newer unless it begins with a letter: 1.0 > 1.0a.
 */
function compareSegments(a: string, b: string): number {
  if (a === b) return 0;
  let [one, two] = [a, b];
  while (one !== "" && two !== "") {
    const [before, after] = [separatorLength(one), separatorLength(two)];
    one = one.slice(before);
    two = two.slice(after);
    if (one === "" || two === "") break;
    if (before !== after) return before < after ? -1 : 1;
    const isNumber = DIGIT.test(one);
    const [left, right] = [segmentOf(one, isNumber), segmentOf(two, isNumber)];
    if (right === "") return isNumber ? 1 : -1;
    const order = isNumber ? compareNumbers(left, right) : compareText(left, right);
    if (order !== 0) return order;
    one = one.slice(left.length);
    two = two.slice(right.length);
  }
  if (one === "" && two === "") return 0;
  return (one === "" && !IS_LETTER.test(two)) || IS_LETTER.test(one) ? -1 : 1;
}

function separatorLength(text: string): number {
  return SEPARATORS.exec(text)![0].length;
}

function segmentOf(text: string, isNumber: boolean): string {
  return (isNumber ? DIGIT : LETTERS).exec(text)?.[0] ?? "";
}

function compareNumbers(a: string, b: string): number {
  const [left, right] = [a.replace(/^0+/, ""), b.replace(/^0+/, "")];
  return left.length - right.length || compareText(left, right);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
