/** Lets the SDK's 8.8 client work with a Camunda 8.6 broker, the newest that Maven serves whole: an activated job names its key differently there. */
export const brokerFetch: typeof globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  const response = await fetch(request);
  if (!request.url.endsWith('/v2/jobs/activation') || !response.ok) return response;
  const text = (await response.text()).replace(/\{"key":(\d+),"type"/g, '{"jobKey":"$1","type"');
  return new Response(text, { status: response.status, headers: { 'content-type': 'application/json' } });
};
