// A Response whose text is at hand: read as JSON or text it needs no stream, which is most of what a Response costs.

/** Behaves like `new Response(text, init)`; only the stream and what is made of it come into being when they are asked for. */
export class TextResponse extends Response {
  readonly #text: string;
  readonly #init: ResponseInit;
  #whole: Response | undefined;
  #isRead = false;

  constructor(text: string, init: ResponseInit) {
    super(null, init);
    this.#text = text;
    this.#init = init;
  }

  override get body(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    return this.#asWhole().body;
  }

  override get bodyUsed(): boolean {
    return this.#isRead || (this.#whole?.bodyUsed ?? false);
  }

  override text(): Promise<string> {
    if (this.#whole !== undefined || this.#isRead) return this.#asWhole().text();
    this.#isRead = true;
    return Promise.resolve(this.#text);
  }

  override async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  override arrayBuffer(): Promise<ArrayBuffer> {
    return this.#asWhole().arrayBuffer();
  }

  override bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#asWhole().bytes();
  }

  override blob(): Promise<Blob> {
    return this.#asWhole().blob();
  }

  override formData(): Promise<FormData> {
    return this.#asWhole().formData();
  }

  override clone(): Response {
    return this.#asWhole().clone();
  }

  /** The same as an ordinary Response; one that was read already refuses to be read again, as it should. */
  #asWhole(): Response {
    if (this.#isRead) throw new TypeError('The body of this response was read already; clone it before it is read.');
    this.#whole ??= new Response(this.#text, this.#init);
    return this.#whole;
  }
}
