const SETTING = "stratigraph-single-keys";

/** True if one of the keys that work without Ctrl or ⌘ was pressed, outside fields, and they are not switched off. */
export function isSingleKey({ key, metaKey, ctrlKey, altKey, target }: KeyboardEvent, wanted: string): boolean {
  if (key.toLowerCase() !== wanted || metaKey || ctrlKey || altKey || !areSingleKeysOn()) return false;
  if (!(target instanceof HTMLElement)) return true;
  return !target.isContentEditable && !/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Speech input types letters: WCAG 2.2, 2.1.4, wants them to be switched off. Kept in this browser. */
export function areSingleKeysOn(): boolean {
  try {
    return localStorage.getItem(SETTING) !== "off";
  } catch {
    // A browser may refuse to keep anything.
    return true;
  }
}

/** Switches all of them on or off. */
export function setSingleKeys(isOn: boolean): void {
  try {
    localStorage.setItem(SETTING, isOn ? "on" : "off");
  } catch {
    // As it was.
  }
}
