/** `1 link`, `2 links`, `3,707 links`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? noun : plural}`;
}

/** `2 links, 1 interpreter`: without what there is none of; "" if there is nothing. */
export function countedList(counts: readonly (readonly [count: number, noun: string, plural?: string])[]): string {
  return counts
    .filter(([count]) => count > 0)
    .map(([count, noun, plural]) => counted(count, noun, plural))
    .join(", ");
}
