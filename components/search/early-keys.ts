/** A key press, as far as it is read here. */
type Press = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey">;

/**
 * What is typed between the call of the search and the focus of its field, which may have to be loaded first. No other listener gets
 * these keys: single letters would open pages and dialogs.
 */
export class EarlyKeys {
  #typed: string | undefined;

  start(): void {
    this.#typed = "";
  }

  /** The text typed so far; the keys go to the field from now on. */
  stop(): string {
    const typed = this.#typed ?? "";
    this.#typed = undefined;
    return typed;
  }

  /** Whether the key belongs to the search: all but combinations, and Escape, which ends it. */
  take({ key, ctrlKey, metaKey }: Press): boolean {
    if (this.#typed === undefined || ctrlKey || metaKey || key === "Escape") return false;
    if ([...key].length === 1) this.#typed += key;
    if (key === "Backspace") this.#typed = [...this.#typed].slice(0, -1).join("");
    return true;
  }
}
