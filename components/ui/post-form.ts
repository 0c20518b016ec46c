/** Sends a form without leaving the page: the server's line about it, and whether it accepted the form. */
export async function postForm(form: HTMLFormElement): Promise<{ readonly ok: boolean; readonly line: string }> {
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)])),
      headers: { Accept: "text/plain" },
    });
    return { ok: response.ok, line: (await response.text()).trim() };
  } catch (error) {
    if (error instanceof TypeError) return { ok: false, line: "The server does not answer." };
    throw error;
  }
}
