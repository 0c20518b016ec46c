import { NameField } from "#components/ui/name-field.tsx";
import { formatNames } from "#lib/display/address.ts";
import { RELAYER_GOAL_LABELS } from "#lib/display/relayer-words.ts";
import { MAX_LAYERS_OF_IMAGE, RELAYER_GOALS } from "#lib/model/relayer-answer.ts";
import { RELAYER_PATH, type RelayerParams } from "./relayer-address.ts";

const FIELD = "h-9 rounded-md border border-line-strong bg-raised px-3 text-[0.8125rem]";

/** Which images are cut, into how many layers, and what for. */
export function RelayerForm({ params: { image, layers, goal } }: { params: RelayerParams }) {
  return (
    <form action={RELAYER_PATH} className="flex flex-wrap items-end gap-3">
      <NameField
        name="image"
        label="Images, or successive versions of one, oldest first"
        value={formatNames(image)}
        placeholder="app:1, app:2"
        required
      />
      <label className="flex flex-col gap-1">
        <span className="text-xs text-dim">Maximum layers</span>
        <input
          type="number"
          name="layers"
          min={1}
          max={MAX_LAYERS_OF_IMAGE}
          defaultValue={layers}
          className={`w-24 ${FIELD}`}
        />
      </label>
      <label className="flex flex-col gap-1">
        <span className="text-xs text-dim">Goal</span>
        <select name="goal" defaultValue={goal ?? ""} className={FIELD}>
          <option value="">Default</option>
          {RELAYER_GOALS.map((each) => (
            <option key={each} value={each}>
              {RELAYER_GOAL_LABELS[each]}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="button main">
        Show
      </button>
    </form>
  );
}
