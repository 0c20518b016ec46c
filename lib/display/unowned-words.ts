import type { UnownedClass } from "#lib/model/unowned-class.ts";

const TITLES: Readonly<Record<UnownedClass, string>> = {
  modelWeights: "Model weights",
  caches: "Caches",
  byteCode: "Byte code",
  documentation: "Documentation",
  locales: "Locales",
  staticLibraries: "Static libraries",
  tests: "Tests",
  archives: "Archives",
  fontsAndMedia: "Fonts and media",
  logs: "Logs",
  temporary: "Temporary files",
  configuration: "Configuration",
  home: "Home folders",
  other: "Not known",
};

export function unownedTitle(name: UnownedClass): string {
  return TITLES[name];
}
