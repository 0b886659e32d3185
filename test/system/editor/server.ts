import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export const ROOT = join(__dirname, "..", "..", "..");

export interface Diagnostic {
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
  readonly message: string;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

/** The language server that VS Code's YAML extension starts, over its own protocol. */
export class EditorServer {
  private readonly process: ChildProcess;
  private readonly answers = new Map<number, (result: unknown) => void>();
  private readonly told = new Map<string, (diagnostics: readonly Diagnostic[]) => void>();
  private rest = Buffer.alloc(0);
  private last = 0;

  /** @param schemas as `yaml.schemas` of an editor's settings */
  constructor(
    private readonly root = ROOT,
    private readonly schemas: Readonly<Record<string, unknown>> = {},
  ) {
    const program = join(ROOT, "node_modules", "yaml-language-server", "bin", "yaml-language-server");
    this.process = spawn(process.execPath, [program, "--stdio"], { stdio: ["pipe", "pipe", "ignore"] });
    this.process.stdout!.on("data", (data: Buffer) => this.receive(data));
  }

  async start(): Promise<void> {
    const capabilities = { workspace: { configuration: true }, textDocument: { completion: { completionItem: {} } } };
    await this.request("initialize", { processId: process.pid, rootUri: pathToFileURL(this.root).href, capabilities });
    this.notify("initialized", {});
  }

  stop(): void {
    this.process.kill();
  }

  /** Opens a text as if it stood at `path`, and gives what the editor would underline. */
  async open(path: string, text: string): Promise<readonly Diagnostic[]> {
    const uri = pathToFileURL(join(this.root, path)).href;
    const found = new Promise<readonly Diagnostic[]>((resolve) => this.told.set(uri, resolve));
    this.notify("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version: 1, text } });
    return found;
  }

  /** What is offered at a place of an opened text. */
  async complete(path: string, line: number, character: number): Promise<string[]> {
    const textDocument = { uri: pathToFileURL(join(this.root, path)).href };
    const list = await this.request("textDocument/completion", { textDocument, position: { line, character } });
    return (list as { items: { label: string }[] }).items.map(({ label }) => label);
  }

  private request(method: string, params: unknown): Promise<unknown> {
    this.last += 1;
    this.send({ id: this.last, method, params });
    return new Promise((resolve) => this.answers.set(this.last, resolve));
  }

  private notify(method: string, params: unknown): void {
    this.send({ method, params });
  }

  private send(message: Message): void {
    const text = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.process.stdin!.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  private receive(data: Buffer): void {
    this.rest = Buffer.concat([this.rest, data]);
    for (;;) {
      const header = this.rest.indexOf("\r\n\r\n");
      const length = Number(/Content-Length: (\d+)/.exec(this.rest.toString("latin1", 0, Math.max(header, 0)))?.[1]);
      if (header < 0 || this.rest.length < header + 4 + length) return;
      const text = this.rest.toString("utf8", header + 4, header + 4 + length);
      this.rest = this.rest.subarray(header + 4 + length);
      this.handle(JSON.parse(text) as Message);
    }
  }

  private handle({ id, method, params, result }: Message): void {
    if (method === "textDocument/publishDiagnostics") {
      const { uri, diagnostics } = params as { uri: string; diagnostics: Diagnostic[] };
      this.told.get(uri)?.(diagnostics);
    } else if (method === "workspace/configuration") {
      const { items } = params as { items: { section: string }[] };
      const yaml = { validate: true, completion: true, schemaStore: { enable: false }, schemas: this.schemas };
      this.send({ id: id!, result: items.map(({ section }) => (section === "yaml" ? yaml : {})) });
    } else if (method !== undefined && id !== undefined) this.send({ id, result: null });
    else if (id !== undefined) this.answers.get(id)?.(result);
  }
}
