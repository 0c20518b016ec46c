import { visibleText } from "#lib/display/visible-text.ts";

interface NameFieldProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly required?: boolean;
}

/** A field of a form whose answer is a page: names, separated by commas. */
export function NameField({ name, label, value, placeholder, required = false }: NameFieldProps) {
  return (
    <label className="flex min-w-0 flex-[1_1_14rem] flex-col gap-1">
      <span className="text-xs text-dim">{label}</span>
      <input
        name={name}
        defaultValue={visibleText(value)}
        placeholder={placeholder}
        required={required}
        autoComplete="off"
        spellCheck={false}
        className="h-9 w-full rounded-md border border-line-strong bg-raised px-3 text-[0.8125rem]"
      />
    </label>
  );
}
