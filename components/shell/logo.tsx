/** The logo: a column of four strata, the top one hatched, in the colours of `app/icon.svg`. */
export function Logo() {
  return (
    <svg width="16" height="20" viewBox="0 0 16 20" aria-hidden="true" className="block">
      <rect width="16" height="4" rx="1" fill="var(--rock-unique-alternate)" />
      <rect width="16" height="4" rx="1" fill="url(#hatch)" />
      <rect y="5" width="16" height="3" fill="#c77d5d" />
      <rect y="9" width="16" height="4" fill="#e5cf93" />
      <rect y="14" width="16" height="6" rx="1" fill="var(--accent)" />
    </svg>
  );
}
