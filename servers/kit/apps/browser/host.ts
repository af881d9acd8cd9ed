/**
 * An app's side of MCP Apps: JSON-RPC over postMessage with the host that shows it. Handshake, the tool's arguments and
 * result, the host's theme and its changes, the app's size, and calls of the server's tools through the host.
 */

export interface HostContext {
  theme?: "light" | "dark";
  styles?: { variables?: Record<string, string | undefined>; css?: { fonts?: string } };
  displayMode?: string;
  availableDisplayModes?: string[];
  containerDimensions?: { height?: number; maxHeight?: number; width?: number; maxWidth?: number };
  safeAreaInsets?: { top: number; right: number; bottom: number; left: number };
}

export interface ToolResult {
  content?: { type: string; text?: string }[];
  structuredContent?: Record<string, unknown>;
  isError?: boolean;
  _meta?: Record<string, unknown>;
}

export interface AppListeners {
  input?(args: Record<string, unknown>): void;
  result(result: ToolResult): void;
  cancelled(reason: string): void;
  /** After the handshake and whenever the host changes something. */
  context?(context: HostContext): void;
}

interface Message {
  jsonrpc?: string;
  id?: number | string;
  method?: string;
  params?: Record<string, unknown>;
  result?: Record<string, unknown>;
  error?: { code: number; message: string };
}

/** The version of the extension that this client speaks. */
const APPS_VERSION = "2026-01-26";
const NOT_FOUND = -32601;

export class Host {
  readonly #listeners: AppListeners;
  readonly #waiting = new Map<number, { resolve(value: Record<string, unknown>): void; reject(error: Error): void }>();
  #lastId = 0;
  #size = "";
  context: HostContext = {};
  capabilities: Record<string, unknown> = {};

  constructor(listeners: AppListeners) {
    this.#listeners = listeners;
  }

  async connect(name: string): Promise<void> {
    window.addEventListener("message", (event) => {
      // Only the frame around this one is the host.
      if (event.source === window.parent) this.#receive(event.data as Message);
    });
    const answer = await this.#request("ui/initialize", {
      appInfo: { name, version: "1" },
      appCapabilities: { availableDisplayModes: ["inline", "fullscreen"] },
      protocolVersion: APPS_VERSION,
    });
    this.capabilities = (answer["hostCapabilities"] as Record<string, unknown> | undefined) ?? {};
    this.#change((answer["hostContext"] as HostContext | undefined) ?? {});
    this.#notify("ui/notifications/initialized", {});
    new ResizeObserver(() => this.#tellSize()).observe(document.documentElement);
  }

  /** Whether tools of the server can be called from here. */
  get callsTools(): boolean {
    return this.capabilities["serverTools"] !== undefined;
  }

  /** @throws Error where the host refuses or the tool fails */
  async callTool(name: string, args: Record<string, unknown>): Promise<Record<string, unknown>> {
    const result = (await this.#request("tools/call", { name, arguments: args })) as ToolResult;
    if (result.isError) throw new Error(failureIn(result));
    return result.structuredContent ?? {};
  }

  get opensLinks(): boolean {
    return this.capabilities["openLinks"] !== undefined;
  }

  openLink(url: string): Promise<unknown> {
    return this.#request("ui/open-link", { url });
  }

  /** Whether the host offers this way of showing the app. */
  offers(mode: string): boolean {
    return this.context.availableDisplayModes?.includes(mode) ?? false;
  }

  async requestDisplayMode(mode: string): Promise<void> {
    const { mode: displayMode } = (await this.#request("ui/request-display-mode", { mode })) as { mode?: string };
    if (displayMode) this.#change({ displayMode });
  }

  #receive(message: Message): void {
    if (message?.jsonrpc !== "2.0") return;
    if (message.method !== undefined) this.#asked(message, message.method, message.params ?? {});
    else if (typeof message.id === "number") this.#answered(message, message.id);
  }

  #asked(message: Message, method: string, params: Record<string, unknown>): void {
    switch (method) {
      case "ui/notifications/tool-input":
        this.#listeners.input?.((params["arguments"] as Record<string, unknown> | undefined) ?? {});
        break;
      case "ui/notifications/tool-result":
        this.#listeners.result(params);
        break;
      case "ui/notifications/tool-cancelled":
        this.#listeners.cancelled(typeof params["reason"] === "string" ? params["reason"] : "");
        break;
      case "ui/notifications/host-context-changed":
        this.#change(params);
        break;
      case "ping":
      case "ui/resource-teardown":
        this.#post({ id: message.id!, result: {} });
        break;
      default:
        if (message.id !== undefined)
          this.#post({ id: message.id, error: { code: NOT_FOUND, message: `${method} is not known here` } });
    }
  }

  #answered(message: Message, id: number): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (message.error) waiting?.reject(new Error(message.error.message));
    else waiting?.resolve(message.result ?? {});
  }

  #request(method: string, params: Record<string, unknown>): Promise<Record<string, unknown>> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#post({ id, method, params });
    });
  }

  #notify(method: string, params: Record<string, unknown>): void {
    this.#post({ method, params });
  }

  #post(message: Message): void {
    // The host's origin is not known to a sandboxed frame; nothing here is a secret.
    window.parent.postMessage({ jsonrpc: "2.0", ...message }, "*");
  }

  #change(changes: HostContext): void {
    this.context = { ...this.context, ...changes };
    applyContext(this.context);
    this.#listeners.context?.(this.context);
  }

  #tellSize(): void {
    const { width, height } = document.body.getBoundingClientRect();
    const size = { width: Math.ceil(width), height: Math.ceil(height) };
    if (this.#size === JSON.stringify(size)) return;
    this.#size = JSON.stringify(size);
    this.#notify("ui/notifications/size-changed", size);
  }
}

/** Theme, the host's own colours and fonts, and the margins it asks for. */
function applyContext({ theme, styles, safeAreaInsets: insets }: HostContext): void {
  const root = document.documentElement;
  if (theme === "light" || theme === "dark") root.dataset["theme"] = theme;
  for (const [name, value] of Object.entries(styles?.variables ?? {})) {
    if (name.startsWith("--") && value) root.style.setProperty(name, value);
  }
  const fonts = styles?.css?.fonts;
  if (fonts && !document.querySelector("style[data-fonts]")) {
    const style = document.createElement("style");
    style.dataset["fonts"] = "";
    style.textContent = fonts;
    document.head.append(style);
  }
  if (insets) document.body.style.padding = `${insets.top}px ${insets.right}px ${insets.bottom}px ${insets.left}px`;
}

/** The result as it is drawn: what the byte budget cut off is taken from where the server put it for apps. */
export function wholeOf({ structuredContent = {}, _meta = {} }: ToolResult): Record<string, unknown> {
  return { ...structuredContent, ...(_meta["medresearcher/whole"] as Record<string, unknown> | undefined) };
}

/** What a failed call says of itself. */
export function failureIn({ content }: ToolResult): string {
  const text = content?.find((part) => part.type === "text")?.text ?? "";
  try {
    return (JSON.parse(text) as { error: { message: string } }).error.message;
  } catch {
    return text || "the call failed";
  }
}
