import type { SourceEnvironment } from "../environment.ts";
import { HttpClient } from "../http/http-client.ts";
import { HTTP_LIMITS } from "../http/limits.ts";
import { Registries } from "./registries.ts";

/** A person waits for each answer, and asks again with the next letter. */
const LOOKUP_LIMITS = { ...HTTP_LIMITS, connectMs: 5000, waitMs: 10_000, retries: 1, retryWaitMs: 1000 };

/** Asks registries something short. `use` throws InputError and UnreachableError. */
export async function withRegistries<T>(
  { reach, variables }: SourceEnvironment,
  signal: AbortSignal,
  use: (registries: Registries) => Promise<T>,
): Promise<T> {
  const client = new HttpClient({ signal, reach, limits: LOOKUP_LIMITS });
  try {
    return await use(new Registries(client, variables));
  } finally {
    await client.close();
  }
}
