/** The outgoing HTTP client. */
export { httpClient } from "./client.ts";
export { download, type Validators } from "./download.ts";
export { HttpError } from "./errors.ts";
export type { HttpClient, HttpResponse, RequestOptions } from "./types.ts";
