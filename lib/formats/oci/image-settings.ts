import * as v from "valibot";
import { cutText } from "#lib/model/cut-text.ts";
import type { HistoryStep, ImageSettings } from "#lib/model/image-settings.ts";
import { entriesField } from "../json/index.ts";

/** UTF-16 units kept of an image's settings and history: they are for people to read. 64 images are kept at a time. */
export const MAX_SETTINGS_LENGTH = 64 * 1024;

/** UTF-16 units kept of one value. */
const MAX_SETTING = 4096;

// Shown to people and used for nothing else: whatever has another form is as if it were missing.
const text = v.fallback(v.string(), "");
const names = v.fallback(
  v.pipe(
    entriesField,
    v.mapItems(([name]) => name),
  ),
  [],
);
const labels = v.fallback(
  v.pipe(
    entriesField,
    v.transform((entries) => entries.flatMap(([name, value]) => toLabel(name, value))),
  ),
  [],
);

/** The fields of `config` that only people read (OCI image spec, `config.md`). */
export const settingFields = {
  WorkingDir: text,
  User: text,
  StopSignal: text,
  ExposedPorts: names,
  Volumes: names,
  Labels: labels,
};

function toLabel(name: string, value: unknown): { name: string; value: string }[] {
  return typeof value === "string" ? [{ name, value }] : [];
}

interface ConfigFields {
  readonly Entrypoint: readonly string[];
  readonly Cmd: readonly string[];
  readonly Env: readonly string[];
  readonly WorkingDir: string;
  readonly User: string;
  readonly StopSignal: string;
  readonly ExposedPorts: readonly string[];
  readonly Volumes: readonly string[];
  readonly Labels: readonly { readonly name: string; readonly value: string }[];
}

/** Shortened to what is kept. `history`: the oldest step first. */
export function toImageSettings(config: ConfigFields, history: readonly HistoryStep[]): ImageSettings {
  const budget = new TextBudget();
  const list = (values: readonly string[]) => budget.takeWhile(values, (value) => budget.cut(value));
  return {
    user: budget.cut(config.User),
    workingDir: budget.cut(config.WorkingDir),
    stopSignal: budget.cut(config.StopSignal),
    entrypoint: list(config.Entrypoint),
    command: list(config.Cmd),
    ports: list(config.ExposedPorts),
    volumes: list(config.Volumes),
    environment: list(config.Env),
    labels: budget.takeWhile(config.Labels, ({ name, value }) => ({
      name: budget.cut(name),
      value: budget.cut(value),
    })),
    history: budget.takeWhile(history, (step) => cutStep(budget, step)),
    isCut: budget.isSpent,
  };
}

function cutStep(budget: TextBudget, { createdBy, comment, created, isEmpty }: HistoryStep): HistoryStep {
  return { createdBy: budget.cut(createdBy), comment: budget.cut(comment), created: budget.cut(created), isEmpty };
}

/** Units that a value takes beside its text. */
const VALUE_OVERHEAD = 16;

class TextBudget {
  #left = MAX_SETTINGS_LENGTH;
  isSpent = false;

  /** One value. */
  cut(value: string): string {
    const kept = cutText(value, MAX_SETTING);
    this.#left -= kept.length + VALUE_OVERHEAD;
    return kept;
  }

  /** The first of these, up to what is kept. */
  takeWhile<Value, Kept>(values: readonly Value[], take: (value: Value) => Kept): Kept[] {
    const kept: Kept[] = [];
    for (const value of values) {
      if (this.#left <= 0) {
        this.isSpent = true;
        break;
      }
      kept.push(take(value));
    }
    return kept;
  }
}
