/** Widths of letters in the page's font, as shares of its size. Others are as wide as most. */
const NARROW = /[iljtfr.,:;'|!()[\]I ]/;
const BROAD = /[mwMW@%…]/;
const LATIN = /[\u0020-\u024f…–—·]/;

/** About the width of a text: the server cannot measure it. */
export function textWidth(text: string, font: number): number {
  let width = 0;
  for (const letter of text) {
    if (!LATIN.test(letter)) width += 1;
    else width += NARROW.test(letter) ? 0.33 : BROAD.test(letter) ? 0.87 : /[A-Z]/.test(letter) ? 0.66 : 0.565;
  }
  return width * font;
}

/** Letters kept at the end of a cut name that ends with a version or an extension. */
const TAIL = 5;

/** A name no wider than this. Cut at its end; in the middle where the end tells: a number, an extension. */
export function cutName(name: string, font: number, width: number): string {
  if (textWidth(name, font) <= width) return name;
  // The name of a package tells more than its scope, its group, or where its module is.
  const [, scope = "", at, base = ""] = /^((@?)[^/…]{2,}\/(?:[^/]+\/)*?)([^/]+(?:\/v\d+)?)$/.exec(name) ?? [];
  if (scope.length > `${at}…/`.length) return cutName(`${at}…/${base}`, font, width);
  const letters = [...name];
  const tail = /[\d.][\w]{0,4}$/.test(name) && width > 10 * font * 0.565 ? letters.slice(-TAIL).join("") : "";
  for (let count = letters.length - TAIL; count > 0; count--) {
    const cut = `${letters.slice(0, count).join("").trimEnd()}…${tail}`;
    if (textWidth(cut, font) <= width) return cut;
  }
  return "…";
}
