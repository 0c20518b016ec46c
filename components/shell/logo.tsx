/** The mark: a column of four strata, the top one hatched. */
export function Logo() {
  return (
    <svg width="16" height="20" viewBox="0 0 16 20" aria-hidden="true" className="block">
      <rect width="16" height="4" rx="1" fill="var(--rock-unique-alternate)" />
      <rect width="16" height="4" rx="1" fill="url(#hatch)" />
      <rect y="5" width="16" height="3" fill="var(--rock-1)" />
      <rect y="9" width="16" height="4" fill="var(--rock-0)" />
      <rect y="14" width="16" height="6" rx="1" fill="var(--accent)" />
    </svg>
  );
}
