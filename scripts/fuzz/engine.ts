import { register } from "node:module";
import { dirname, join } from "node:path";
import {
  asFindingAwareFuzzFn,
  initFuzzing,
  OptionSource,
  OptionsManager,
  registerGlobals,
  startFuzzingNoInit,
} from "@jazzer.js/core";
import { registerEsmLoaderHooks } from "@jazzer.js/instrumentor";

const ROOT = dirname(dirname(import.meta.dirname));
/**
 * An input that takes this long is a hang: the engine stops the process, and keeps the input. This is elapsed time, on a machine
 * that may be busy; processor time has its own limit (watch-executions.ts).
 */
const HANG_MS = 30_000;

type Options = ReturnType<OptionsManager["clone"]>;

/** The counters of one instrumented module, one byte per edge; the engine zeroes them before each execution. */
export type EdgeCounters = Uint8Array;

/** libFuzzer within this process (`@jazzer.js/core`), before any product code is loaded. */
export class Engine {
  readonly #options: Options;
  readonly #beginExecution: () => void;

  private constructor(options: Options, beginExecution: () => void) {
    this.#options = options;
    this.#beginExecution = beginExecution;
  }

  /**
   * From here on every imported module of `lib` counts its edges and reports its comparisons; with
   * `instrumented` false none does. `flags` are libFuzzer's (llvm.org/docs/LibFuzzer.html#options).
   */
  static async start(options: { flags: readonly string[]; sync: boolean; instrumented: boolean }): Promise<Engine> {
    const { flags, sync, instrumented } = options;
    const includes = [join(ROOT, "lib/"), join(import.meta.dirname, "planted.ts")];
    const manager = new OptionsManager(OptionSource.DefaultCLIOptions).merge(
      {
        includes,
        excludes: ["node_modules", "testing", "lib/db/generated"],
        dryRun: !instrumented,
        sync,
        timeout: HANG_MS,
        // They detect commands and paths that an input can reach; parsers run no command and open no file.
        disableBugDetectors: [".*"],
        fuzzerOptions: [...flags],
      },
      OptionSource.CommandLineArguments,
    );
    registerGlobals(manager);
    // The last registered hook runs first, and calls the one before it.
    register("./strip-types.ts", import.meta.url);
    registerEsmLoaderHooks(await initFuzzing(manager));
    return new Engine(manager, traceOnce());
  }

  /** Runs until `-runs` are done; resolves with what was thrown, if anything. A hang ends the process instead. */
  async fuzz(check: (input: Buffer) => void | Promise<void>): Promise<Error | undefined> {
    const run = (input: Buffer) => {
      this.#beginExecution();
      return check(input);
    };
    const { error } = await startFuzzingNoInit(asFindingAwareFuzzFn(run), this.#options);
    if (error === undefined || error instanceof Error) return error;
    return new Error(`thrown value is not an Error: ${String(error)}`);
  }

  /** The counters of all modules loaded so far. */
  counters(): readonly EdgeCounters[] {
    return engineGlobal().coverageTracker.moduleCounters;
  }
}

type NumberTracer = (left: unknown, right: unknown, operator: string, id: number) => boolean;

/** Called by instrumented code. */
function engineGlobal(): {
  readonly coverageTracker: { readonly moduleCounters: readonly EdgeCounters[] };
  readonly tracer: { traceNumberCmp: NumberTracer };
} {
  return (globalThis as unknown as { Fuzzer: ReturnType<typeof engineGlobal> }).Fuzzer;
}

/** Number of distinguished comparisons; two with the same slot are reported less often, with no other effect. */
const TRACED_PLACES = 4096;

/**
 * The engine tries the values that a number was compared with, and needs each only once: reporting every turn of every loop takes
 * ten times as long as the parser. Returns the function that begins a new execution.
 */
function traceOnce(): () => void {
  const { tracer } = engineGlobal();
  const trace = tracer.traceNumberCmp;
  const told = new Uint32Array(TRACED_PLACES);
  let execution = 1;
  tracer.traceNumberCmp = (left, right, operator, id) => {
    const place = id % TRACED_PLACES;
    if (told[place] === execution) return compare(left as number, right as number, operator);
    told[place] = execution;
    return trace(left, right, operator, id);
  };
  return () => {
    execution += 1;
  };
}

function compare(left: number, right: number, operator: string): boolean {
  switch (operator) {
    case "===":
      return left === right;
    case "!==":
      return left !== right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    default:
      throw new Error(`a comparison by ${operator}, which our code does not contain`);
  }
}
