/** The outgoing HTTP client. */
export { httpClient } from "./client.ts";
export { HttpError } from "./errors.ts";
export type { HostLimit, HttpBytes, HttpClient, HttpClientOptions, HttpResponse, RequestOptions } from "./types.ts";
