interface GemFields {
  readonly platform?: string;
  /** A name and its requirements each. */
  readonly needs?: readonly (readonly [name: string, ...requirements: string[]])[];
  readonly executables?: readonly string[];
}

/** A gemspec as RubyGems writes it when it installs a gem. */
export function gemspec(
  name: string,
  version: string,
  { platform = "ruby", needs = [], executables = [] }: GemFields = {},
): string {
  const list = (texts: readonly string[]) => `[${texts.map((text) => `"${text}".freeze`).join(", ")}]`;
  return [
    "# -*- encoding: utf-8 -*-",
    `# stub: ${name} ${version} ${platform} lib`,
    "",
    "Gem::Specification.new do |s|",
    `  s.name = "${name}".freeze`,
    `  s.version = "${version}".freeze`,
    ...(executables.length === 0 ? [] : [`  s.executables = ${list(executables)}`]),
    ...needs.map(([needed, ...requirements]) => {
      return `  s.add_runtime_dependency(%q<${needed}>.freeze, ${list(requirements.length === 0 ? [">= 0"] : requirements)})`;
    }),
    "end",
    "",
  ].join("\n");
}
