import { ApiError } from './api.ts';

/** Asks for a file that takes a while and hands it to the browser; with a body, by POST. @throws ApiError. */
export async function takeFile(url: string, body?: unknown): Promise<void> {
  const response = await fetch(url, {
    credentials: 'same-origin',
    ...(body === undefined
      ? {}
      : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  if (!response.ok) {
    const { error } = (await response.json()) as { error?: { code: string; message: string } };
    throw new ApiError(error?.code ?? 'unexpected', error?.message ?? `HTTP ${response.status}`, response.status);
  }
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'ramal';
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
