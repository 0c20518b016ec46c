interface DefinitionsProps<Name extends string> {
  readonly names: readonly Name[];
  readonly labels: Readonly<Record<Name, string>>;
  readonly definitions: Readonly<Record<Name, string>>;
}

/** What the rows of a table above mean. */
export function Definitions<Name extends string>({ names, labels, definitions }: DefinitionsProps<Name>) {
  return (
    <details className="mt-3 max-w-3xl text-[0.8125rem]">
      <summary className="w-fit cursor-pointer text-dim hover:text-ink">What each row counts</summary>
      <dl className="mt-2 space-y-2">
        {names.map((name) => (
          <div key={name}>
            <dt className="font-medium">{labels[name]}</dt>
            <dd className="text-dim">{definitions[name]}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
