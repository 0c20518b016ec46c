/** The form of a page that has its answer, closed until someone asks about other images. */
export function ChangeImages({ children }: { children: React.ReactNode }) {
  return (
    <details className="mt-3 text-[0.8125rem]">
      <summary className="w-fit cursor-pointer text-dim hover:text-accent">Change the images</summary>
      <div className="mt-3">{children}</div>
    </details>
  );
}
