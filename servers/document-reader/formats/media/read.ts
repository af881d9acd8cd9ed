/** Images, audio and video as text by the configured model; the text says which model it is from. */
import { HttpError, httpClient, type HttpClient } from "../../../kit/http/index.ts";
import { ToolError } from "../../../kit/failure.ts";
import { modelEndpoint, type ModelEndpoint } from "../../../kit/model-endpoint.ts";
import { unreadable } from "../failures.ts";
import type { Parsed } from "../index.ts";
import { checkImage } from "./image-size.ts";
import type { Media } from "./kinds.ts";
import { askByChat, transcribe } from "./requests.ts";

/** What chat endpoints take of each kind, in bytes before base64. */
const MAX_BYTES = { image: 20 * 1024 * 1024, audio: 25 * 1024 * 1024, video: 50 * 1024 * 1024 };
/** Other pictures have to be converted first. */
const PICTURES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

type Kind = keyof typeof MAX_BYTES;

let client: HttpClient | undefined;

/** @throws ToolError: no model, a file that no model takes, or one that this model does not take */
export async function readMedia(media: Media, signal: AbortSignal): Promise<Parsed> {
  const kind = media.type.split("/")[0] as Kind;
  const endpoint = modelEndpoint();
  if (!endpoint) {
    throw new ToolError({
      reason: "unsupported",
      message: `this is ${nameOf(kind)} (${media.type}); ${kind === "image" ? "images are" : `${kind} is`} read by a model, and none is configured`,
      recovery: `look for its text${kind === "image" ? "" : " or a transcript"}, or have the operator set OPENAI_BASE_URL and MEDRESEARCHER_MODEL to a model that takes ${kind === "image" ? "images" : kind}`,
      retryable: false,
    });
  }
  checkMedia(media, kind);
  const text = await ask(endpoint, media, kind, signal);
  if (!text.trim())
    throw unreadable(`the model ${endpoint.model} found no text in the ${kind}`, "look for the same document as text");
  return {
    title: media.name,
    sections: [
      {
        label: `${kind === "audio" ? "Transcript" : "Text and description"} by the model ${endpoint.model}`,
        text: text.trim(),
      },
    ],
    publisher: `read by the model ${endpoint.model}`,
    publicationTypes: [`${nameOf(kind).replace(/^an? /, "")}, read by a model`],
    incomplete: `the text was made from the ${kind} by the model ${endpoint.model}: its words are not the document's own`,
  };
}

function checkMedia({ bytes, type }: Media, kind: Kind): void {
  if (bytes.length > MAX_BYTES[kind]) {
    throw unreadable(
      `the ${kind} has ${bytes.length} bytes; the limit is ${MAX_BYTES[kind]}`,
      "give a smaller copy, or the part that matters",
    );
  }
  if (kind !== "image") return;
  if (!PICTURES.has(type))
    throw unreadable(`this is an image (${type}) that models do not take`, "convert it to PNG or JPEG");
  checkImage(bytes, type);
}

async function ask(endpoint: ModelEndpoint, media: Media, kind: Kind, signal: AbortSignal): Promise<string> {
  client ??= httpClient({ cacheFile: false });
  try {
    return kind === "audio"
      ? await transcribe(client, endpoint, media, signal)
      : await askByChat(client, endpoint, media, signal);
  } catch (error) {
    // 4xx is how an endpoint says that the model does not take such a file.
    if (!(error instanceof HttpError) || !error.status || error.status >= 500 || error.status === 429) throw error;
    throw new ToolError({
      reason: "unsupported",
      message: `the model ${endpoint.model} does not take this ${kind} (${media.type}; status ${error.status})`,
      recovery: `look for its text, or have the operator configure a model that takes ${kind === "image" ? "images" : kind}`,
      retryable: false,
    });
  }
}

function nameOf(kind: Kind): string {
  return { image: "an image", audio: "an audio recording", video: "a video" }[kind];
}
