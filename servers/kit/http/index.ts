/** The outgoing HTTP client. */
export { httpClient } from "./client.ts";
export { HttpError } from "./errors.ts";
export type { HttpClient, HttpResponse, RequestOptions } from "./types.ts";
