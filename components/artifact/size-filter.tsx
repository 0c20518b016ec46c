import { Chips } from "#components/ui/chips.tsx";
import { formatBytes } from "#lib/display/bytes.ts";

const SIZES = [100 * 1024, 1024 ** 2, 10 * 1024 ** 2, 100 * 1024 ** 2];

/** Leaves out nodes that retain less. */
export function SizeFilter({ min, hrefOf }: { min: number | undefined; hrefOf: (min: number | undefined) => string }) {
  const chips = SIZES.map((size) => ({
    key: `${size}`,
    href: hrefOf(size === min ? undefined : size),
    chosen: size === min,
    label: `≥ ${formatBytes(size)}`,
  }));
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-2 text-[0.8125rem]">
      <span className="text-dim">Retained</span>
      <Chips label="Retained at least" chips={chips} />
    </div>
  );
}
