import { shownRuns } from "#lib/display/shown-text.ts";

/** A text from an artifact, with invisible or reordering characters written out and marked; a long one is cut. */
export function Visible({ text, className }: { text: string; className?: string }) {
  const runs = shownRuns(text);
  if (runs.every(({ hidden }) => !hidden))
    return <bdi className={className}>{runs.map((run) => run.text).join("")}</bdi>;
  // Runs have no identity except their position, and never move.
  const places = runs.map((run, place) => ({ ...run, key: `${place}` }));
  return (
    <bdi className={className}>
      {places.map(({ key, text: shown, hidden }) => (
        <span key={key} className={hidden ? "hidden-character" : undefined}>
          {shown}
        </span>
      ))}
    </bdi>
  );
}
