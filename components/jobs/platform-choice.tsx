interface PlatformChoiceProps {
  /** "" for the default. */
  readonly value: string;
  readonly choose: (platform: string) => void;
  readonly byDefault: string;
  /** Those of the indexes that are offered; none if no image has several. */
  readonly platforms: readonly string[];
}

/** Which image of an index is scanned. */
export function PlatformChoice({ value, choose, byDefault, platforms }: PlatformChoiceProps) {
  if (platforms.length === 0 && value === "")
    return <span className="text-xs text-dim">Scans run in the background.</span>;
  const others = [...new Set([...platforms, ...(value === "" || value === "all" ? [] : [value])])];
  return (
    <label className="flex min-w-0 items-center gap-2 text-xs text-dim">
      Platform
      <select
        name="platform"
        value={value}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
        className="h-8 min-w-0 rounded-md border border-line-strong bg-raised px-2 text-ink"
      >
        <option value="">{byDefault} (default)</option>
        {others
          .filter((platform) => platform !== byDefault)
          .map((platform) => (
            <option key={platform}>{platform}</option>
          ))}
        <option value="all">all platforms</option>
      </select>
    </label>
  );
}
