// A till's events as they happen (server-sent events over fetch, since those of the browser cannot carry a token).
// What is lost while the stream is down is replayed from the event seen last.

const silenceMax = 35_000;

export class Stream {
  /** `heard` is called with each event, `reached` with whether the endpoint is there. */
  constructor(path, token, heard, reached) {
    Object.assign(this, { path, token, heard, reached, last: null, lastByte: 0, delay: 300 });
    setInterval(() => this.#watch(), 5000);
    this.#run();
  }

  /** Connects anew where the stream may have gone silent: after sleep, or a change of network. */
  wake() {
    if (Date.now() - this.lastByte > 16_000) this.controller?.abort();
    this.skipDelay?.();
  }

  #watch() {
    if (Date.now() - this.lastByte > silenceMax) this.controller?.abort();
  }

  async #run() {
    for (;;) {
      try {
        await this.#connect();
      } catch {
        // Whatever ended it, the next attempt tells whether the endpoint is there.
      }
      if (this.isEnded) return;
      await new Promise((resolve) => {
        this.skipDelay = resolve;
        setTimeout(resolve, this.delay);
      });
      this.delay = Math.min(this.delay * 2, 4000);
    }
  }

  async #connect() {
    this.controller = new AbortController();
    this.lastByte = Date.now();
    const headers = { Authorization: `Bearer ${this.token}`, Accept: 'text/event-stream' };
    if (this.last !== null) headers['Last-Event-ID'] = this.last;
    let response;
    try {
      response = await fetch(this.path, { headers, cache: 'no-store', signal: this.controller.signal });
    } catch (error) {
      this.reached(false);
      throw error;
    }
    if (response.status === 401 || response.status === 403 || response.status === 404) {
      this.isEnded = true;
      return this.reached(true, response.status);
    }
    if (!response.ok) return this.reached(response.status < 500);
    this.reached(true);
    await this.#read(response.body.pipeThrough(new TextDecoderStream()).getReader());
    this.reached(false);
  }

  async #read(reader) {
    let held = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      [this.lastByte, this.delay] = [Date.now(), 300];
      const blocks = (held + value).split('\n\n');
      held = blocks.pop();
      blocks.forEach((block) => this.#event(block));
    }
  }

  #event(block) {
    const fields = {};
    for (const line of block.split('\n')) {
      const colon = line.indexOf(':');
      if (colon > 0) fields[line.slice(0, colon)] = line.slice(colon + 1).replace(/^ /, '');
    }
    if (fields.id !== undefined) this.last = fields.id;
    if (fields.event && fields.data) this.heard(fields.event, JSON.parse(fields.data));
  }
}
