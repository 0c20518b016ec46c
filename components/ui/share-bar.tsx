interface ShareBarProps {
  /** Of its whole width, 0 to 1. */
  readonly share: number;
  readonly estimated: boolean;
}

/** A bar beside its figure, which says the same. Estimates are hatched. */
export function ShareBar({ share, estimated }: ShareBarProps) {
  return (
    <span
      aria-hidden
      className="block h-full rounded-[2px] bg-accent"
      style={{ width: `${100 * share}%`, ...(estimated && { backgroundImage: HATCHING, opacity: 0.75 }) }}
    />
  );
}

const HATCHING = "repeating-linear-gradient(-45deg, transparent 0 4px, var(--ground) 4px 5.5px)";
