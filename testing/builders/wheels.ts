import { seededRandom } from "./graphs.ts";

/** A wheel to build: a package, a data file, and a script. */
export interface WheelSpec {
  readonly name: string;
  readonly version: string;
  readonly requires: readonly string[];
}

const MARKERS = [
  ...["", "", "", "; python_version >= '3.8'", "; python_version < '3.0'", "; sys_platform == 'win32'"],
  ...["; extra == 'fast'", "; extra == 'Slow_One'", "; os_name == 'posix' and (extra == 'fast' or extra == 'test')"],
  ...["; platform_system != 'Linux'", "; implementation_name == 'cpython'", "; python_full_version >= '3.4.1'"],
];
const VERSIONS = ["", "", ">=1", "<2.0,>=1.0a1", "~=1.0", " (>=0.5)", "!=3.*", ">=9"];
const EXTRAS = ["", "", "", "[fast]", "[slow-one,fast]", "[TEST]", "[unknown]"];

/** Wheels that require each other at random, under any spelling of their names, and some that are not there. */
export function randomWheels(count: number, seed: number): WheelSpec[] {
  const random = seededRandom(seed);
  const choose = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  const spell = (i: number) => choose([`pkg-x${i}`, `Pkg_X${i}`, `pkg.x${i}`]);
  const requirement = () =>
    `${spell(Math.floor(random() * (count + 2)))}${choose(EXTRAS)}${choose(VERSIONS)}${choose(MARKERS)}`;
  return Array.from({ length: count }, (_, i) => ({
    name: spell(i),
    version: choose(["1.0", "1.2.post1", "2.0rc1", "0.1+local"]),
    requires: Array.from({ length: Math.floor(random() * 6) }, requirement),
  }));
}
