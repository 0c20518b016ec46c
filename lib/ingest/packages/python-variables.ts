import { type MarkerEnvironment, parsePythonVersion } from "#lib/formats/python/index.ts";

/** `uname -m` of the architectures in image configurations (Go's names). */
const MACHINES: Readonly<Record<string, string>> = {
  amd64: "x86_64",
  arm64: "aarch64",
  "386": "i686",
  arm: "armv7l",
  loong64: "loongarch64",
};

/** Later than every patch release of a version. */
const LAST_PATCH = 99;

export interface Interpreter {
  /** `python` or `pypy`. */
  readonly implementation: string;
  /** `3.13`, "" if unknown. */
  readonly version: string;
  /** `3.13.5`, "" if unknown. */
  readonly fullVersion: string;
  /** The architecture in the image's configuration, "" if unknown. */
  readonly machine: string;
}

/**
 * The values of marker variables (PEP 508) for an interpreter on Linux. A patch release that nothing states may be any: a marker that
 * depends on it is neither true nor false. So is one about the running kernel.
 */
export function markerEnvironment({ implementation, version, fullVersion, machine }: Interpreter): MarkerEnvironment {
  const isPypy = implementation === "pypy";
  const exact = isPatchOf(fullVersion, version) ? [fullVersion] : [`${version}.0`, `${version}.${LAST_PATCH}`];
  const full = version === "" ? [] : exact;
  return new Map([
    ["python_version", version === "" ? [] : [version]],
    ["python_full_version", full],
    ["implementation_name", [isPypy ? "pypy" : "cpython"]],
    ["implementation_version", isPypy ? [] : full],
    ["platform_python_implementation", [isPypy ? "PyPy" : "CPython"]],
    ["os_name", ["posix"]],
    ["sys_platform", [version.startsWith("2.") ? "linux2" : "linux"]],
    ["platform_system", ["Linux"]],
    ["platform_machine", machine === "" ? [] : [Object.hasOwn(MACHINES, machine) ? MACHINES[machine]! : machine]],
  ]);
}

function isPatchOf(fullVersion: string, version: string): boolean {
  return version !== "" && fullVersion.startsWith(`${version}.`) && parsePythonVersion(fullVersion) !== undefined;
}
