import { shownRuns } from "#lib/display/shown-text.ts";

/** A text from an artifact, with characters that would not show (or would reorder it) spelled out and marked; a long one is cut. */
export function Visible({ text }: { text: string }) {
  const runs = shownRuns(text);
  if (runs.every(({ hidden }) => !hidden)) return <bdi>{runs.map((run) => run.text).join("")}</bdi>;
  // Runs have no identity but their place, and never move.
  const places = runs.map((run, place) => ({ ...run, key: `${place}` }));
  return (
    <bdi>
      {places.map(({ key, text: shown, hidden }) =>
        hidden ? (
          <span key={key} className="hidden-character">
            {shown}
          </span>
        ) : (
          <span key={key}>{shown}</span>
        ),
      )}
    </bdi>
  );
}
