import { isSingleKey } from "#components/ui/single-keys.ts";

/** Keys that follow a link which names them in `data-key`. */
const LINK_KEYS = ["o", "m", "backspace"] as const;

/** Acts on a key of the page. True if it had a meaning. */
export function pressFocusKey(board: HTMLElement, event: KeyboardEvent): boolean {
  const linked = LINK_KEYS.find((key) => isSingleKey(event, key));
  if (linked !== undefined) return follow(linked);
  if (isSingleKey(event, "arrowleft")) return moveSideways(board, -1);
  if (isSingleKey(event, "arrowright")) return moveSideways(board, 1);
  if (isSingleKey(event, "arrowup")) return moveAlong(-1);
  if (isSingleKey(event, "arrowdown")) return moveAlong(1);
  return false;
}

function follow(key: string): boolean {
  const link = document.querySelector<HTMLElement>(`[data-key="${key}"]`);
  link?.click();
  return link !== null;
}

/** The rows of the side around the focused row. */
function rowsOf(side: Element | null | undefined): HTMLElement[] {
  return [...(side?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
}

/** To the row above or below; true if there is one. Elsewhere the page scrolls as ever. */
function moveAlong(by: 1 | -1): boolean {
  const focused = document.activeElement?.closest<HTMLElement>("[data-side] [data-row]");
  if (focused === null || focused === undefined) return false;
  const rows = rowsOf(focused.closest("[data-side]"));
  const next = rows[rows.indexOf(focused) + by];
  next?.focus();
  return next !== undefined;
}

/** To the nearest row of the next side, or to the card between them. */
function moveSideways(board: HTMLElement, by: 1 | -1): boolean {
  const sides = [...board.querySelectorAll<HTMLElement>("[data-side]")];
  const current =
    document.activeElement?.closest<HTMLElement>("[data-side]") ?? board.querySelector("[data-side=middle]");
  const at = current === null ? -1 : sides.indexOf(current as HTMLElement);
  const side = sides[at + by];
  if (at < 0 || side === undefined) return false;
  const next = side.dataset.side === "middle" ? side : nearest(rowsOf(side));
  next?.focus();
  return next !== undefined;
}

/** The row nearest to the focused element by height; the first if nothing in a side has the focus. */
function nearest(rows: readonly HTMLElement[]): HTMLElement | undefined {
  const focused = document.activeElement?.closest("[data-row]");
  if (focused === null || focused === undefined) return rows[0];
  const { top } = focused.getBoundingClientRect();
  const distance = (row: HTMLElement) => Math.abs(row.getBoundingClientRect().top - top);
  return rows.reduce<HTMLElement | undefined>(
    (best, row) => (best === undefined || distance(row) < distance(best) ? row : best),
    undefined,
  );
}
