"use client";

import { useId, useState } from "react";
import { DEFAULT_WATCH_INTERVAL } from "#lib/model/watch.ts";

const INTERVALS = [
  { every: "1h", label: "hour" },
  { every: "6h", label: "6 hours" },
  { every: "1d", label: "day" },
  { every: "7d", label: "week" },
];

/** Whether the source is watched. */
export function ScanEvery() {
  const id = useId();
  const [isOn, setOn] = useState(false);
  return (
    <div className="flex items-center gap-2.5">
      <input
        id={id}
        type="checkbox"
        checked={isOn}
        onChange={({ currentTarget }) => setOn(currentTarget.checked)}
        className="size-4 accent-(--accent)"
      />
      <label htmlFor={id}>Scan again every</label>
      <select
        name="every"
        aria-label="Interval"
        disabled={!isOn}
        defaultValue={DEFAULT_WATCH_INTERVAL}
        className="h-7 rounded-md border border-line-strong bg-raised px-1.5 disabled:opacity-50"
      >
        {INTERVALS.map(({ every, label }) => (
          <option key={every} value={every}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}
