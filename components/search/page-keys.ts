import { PAGES } from "#components/shell/pages.ts";
import { isSingleKey } from "#components/ui/single-keys.ts";
import { pageActions } from "./actions.ts";

/** Milliseconds in which the letter of a page follows the G. */
const SEQUENCE_MS = 1500;

/** What a key press asks of a page. */
export type PageKey = { readonly does: "search" | "find" } | { readonly does: "open"; readonly href: string };

/** Reads keys that work alone, and the sequences that begin with G. */
export class PageKeys {
  #goAt = Number.NEGATIVE_INFINITY;

  /** `undefined`: the key means nothing here. */
  read(event: KeyboardEvent, pathname: string): PageKey | undefined {
    if (event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey)) return { does: "search" };
    if (document.querySelector("dialog[open], [role=dialog]") !== null) return undefined;
    const href = this.#follow(event) ?? actionHref(event, pathname);
    if (href !== undefined) return { does: "open", href };
    return isSingleKey(event, "/") ? { does: focusField() ? "find" : "search" } : undefined;
  }

  /** The page of a letter after G. */
  #follow(event: KeyboardEvent): string | undefined {
    const isSecond = event.timeStamp - this.#goAt < SEQUENCE_MS;
    this.#goAt = isSingleKey(event, "g") && !isSecond ? event.timeStamp : Number.NEGATIVE_INFINITY;
    return isSecond ? PAGES.find(({ letter }) => isSingleKey(event, letter))?.href : undefined;
  }
}

function actionHref(event: KeyboardEvent, pathname: string): string | undefined {
  const { c, r } = pageActions(pathname);
  if (isSingleKey(event, "c")) return c;
  return isSingleKey(event, "r") ? r : undefined;
}

/** Puts the cursor into the page's first field that finds or filters; `false` if it has none. */
function focusField(): boolean {
  const fields = [...document.querySelectorAll<HTMLInputElement>("main input[type=search]")];
  const field = fields.find((each) => each.checkVisibility());
  field?.focus();
  field?.select();
  field?.scrollIntoView({ block: "center" });
  return field !== undefined;
}
