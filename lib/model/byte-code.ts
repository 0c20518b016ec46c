const COMPILED = /^(.*\/)?__pycache__\/([^/]+?)\.[^./]+(?:\.opt-[12])?\.pyc$/;
const COMPILED_BESIDE = /\.py[co]$/;

/**
 * The source of Python byte code, which Python compiles again if it is missing (PEP 3147); `undefined` for other files. Byte code
 * without its source is a program.
 */
export function sourceOfByteCode(path: string): string | undefined {
  if (!COMPILED_BESIDE.test(path)) return undefined;
  const [, folder = "", name] = COMPILED.exec(path) ?? [];
  return name === undefined ? path.slice(0, -1) : `${folder}${name}.py`;
}
