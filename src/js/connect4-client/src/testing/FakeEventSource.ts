/** The browser's EventSource, on a server in memory. */

/** What a server does with those who listen. */
export interface StreamServer {
  /** Opens, refuses or breaks the stream, or lets it wait. */
  connect(source: FakeEventSource): void;
}

export class FakeEventSource extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSED = 2;

  readyState: number = FakeEventSource.CONNECTING;
  lastEventId = "";
  retryMs = 3000;
  /** A browser tells nothing before the page has had the time to listen. */
  readonly heard: Promise<void>;
  private listen = () => {};
  private retry: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly url: string,
    private readonly server: StreamServer,
  ) {
    super();
    this.heard = new Promise((resolve) => {
      this.listen = resolve;
    });
    this.server.connect(this);
  }

  override addEventListener(...listener: Parameters<EventTarget["addEventListener"]>): void {
    super.addEventListener(...listener);
    this.listen();
  }

  close(): void {
    this.readyState = FakeEventSource.CLOSED;
    clearTimeout(this.retry);
  }

  open(): void {
    if (this.readyState === FakeEventSource.CONNECTING) {
      this.readyState = FakeEventSource.OPEN;
      this.dispatchEvent(new Event("open"));
    }
  }

  send(type: string, data: string, lastEventId: string): void {
    if (this.readyState === FakeEventSource.OPEN) {
      this.lastEventId = lastEventId;
      this.dispatchEvent(new MessageEvent(type, { data, lastEventId }));
    }
  }

  /** The answer is no stream: the browser does not ask again. */
  refuse(): void {
    if (this.readyState !== FakeEventSource.CLOSED) {
      this.readyState = FakeEventSource.CLOSED;
      this.dispatchEvent(new Event("error"));
    }
  }

  /** The connection is gone, or never came about: the browser connects again by itself. */
  lose(): void {
    if (this.readyState !== FakeEventSource.CLOSED) {
      this.readyState = FakeEventSource.CONNECTING;
      clearTimeout(this.retry);
      this.retry = setTimeout(() => this.server.connect(this), this.retryMs);
      this.dispatchEvent(new Event("error"));
    }
  }
}
