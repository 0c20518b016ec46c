import { type RefObject, useEffect } from "react";

const SELECTED = '[cmdk-item][aria-selected="true"]';

/**
 * Keeps `aria-activedescendant` of the list's field on the marked entry. cmdk sets it when a key marks another entry,
 * but leaves the old id when the list itself changes, so that a screen reader gets an id that no element has.
 */
export function useActiveOption(box: RefObject<HTMLElement | null>, open: boolean): void {
  useEffect(() => {
    const field = box.current?.querySelector("[cmdk-input]");
    if (box.current === null || field == null) return;
    const sync = () => name(field, open ? box.current?.querySelector(SELECTED)?.id : undefined);
    const observer = new MutationObserver(sync);
    observer.observe(box.current, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ["aria-selected", "aria-activedescendant"],
    });
    sync();
    return () => observer.disconnect();
  }, [box, open]);
}

function name(field: Element, id: string | undefined): void {
  if (id === undefined) field.removeAttribute("aria-activedescendant");
  else if (field.getAttribute("aria-activedescendant") !== id) field.setAttribute("aria-activedescendant", id);
}
