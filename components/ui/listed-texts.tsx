import { Visible } from "./visible.tsx";

/** Texts from outside, a line each; some may be equal. */
export function ListedTexts({ texts }: { texts: readonly string[] }) {
  return texts
    .map((text, i) => ({ text, key: `${i}` }))
    .map(({ text, key }) => (
      <div key={key}>
        <Visible text={text} />
      </div>
    ));
}
