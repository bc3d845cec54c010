/** A stream of Server-Sent Events as the answer of a server in memory. */

const ENCODER = new TextEncoder();
const KEEP_ALIVE_MS = 15_000;

export class FakeStream {
  readonly response: Response;
  isOpen = true;
  private connection: ReadableStreamDefaultController<Uint8Array> | undefined;

  private readonly keepAlive: ReturnType<typeof setInterval>;

  /**
   * The signal is the page's: it hangs up. Nothing gets through, keepalives neither, while `isDead`.
   * They are events for who asks for one every so many seconds, else comments.
   */
  constructor(
    signal: AbortSignal | null | undefined,
    isDead: () => boolean,
    seconds: number | null,
  ) {
    const body = new ReadableStream<Uint8Array>({
      start: (connection) => {
        this.connection = connection;
      },
      cancel: () => {
        this.isOpen = false;
        clearInterval(this.keepAlive);
      },
    });
    this.response = new Response(body, { headers: { "Content-Type": "text/event-stream" } });
    const keepalive = seconds === null ? ": still here\n\n" : "event: keepalive\ndata: {}\n\n";
    const interval = seconds === null ? KEEP_ALIVE_MS : seconds * 1000;
    this.keepAlive = setInterval(() => !isDead() && this.send(keepalive), interval);
    if (seconds !== null) {
      this.send(keepalive);
    }
    signal?.addEventListener("abort", () => this.break(signal.reason));
  }

  send(text: string): void {
    if (this.isOpen) {
      this.connection?.enqueue(ENCODER.encode(text));
    }
  }

  /** What was sent arrives; then the server closes the connection. */
  end(): void {
    if (this.isOpen) {
      this.isOpen = false;
      clearInterval(this.keepAlive);
      this.connection?.close();
    }
  }

  /** The connection is gone, and what was on its way with it. */
  break(reason: unknown): void {
    if (this.isOpen) {
      this.isOpen = false;
      clearInterval(this.keepAlive);
      this.connection?.error(reason);
    }
  }
}
