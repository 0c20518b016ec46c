/** The server's line about what was sent, and whether it accepted it. */
export interface Reply {
  readonly ok: boolean;
  readonly line: string;
}

/** Sends a form without leaving the page. */
export function postForm(form: HTMLFormElement): Promise<Reply> {
  return post(form.action, new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)])));
}

/** Sends fields to a route of ours without leaving the page. */
export function postFields(path: string, fields: Readonly<Record<string, string>> = {}): Promise<Reply> {
  return post(path, new URLSearchParams(fields));
}

async function post(path: string, body: URLSearchParams): Promise<Reply> {
  try {
    const response = await fetch(path, { method: "POST", body, headers: { Accept: "text/plain" } });
    return { ok: response.ok, line: (await response.text()).trim() };
  } catch (error) {
    if (error instanceof TypeError) return { ok: false, line: "The server does not answer." };
    throw error;
  }
}
