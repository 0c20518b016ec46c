import { visibleRuns } from "#lib/display/visible-text.ts";

/** A name from an artifact, as text, with characters that would not show (or would reorder it) spelled out and marked. */
export function Visible({ text }: { text: string }) {
  const runs = visibleRuns(text);
  if (runs.every(({ hidden }) => !hidden)) return <bdi>{text}</bdi>;
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
