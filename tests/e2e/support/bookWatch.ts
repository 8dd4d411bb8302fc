/** One frame of the book on its way to the eye; wall time in ms. */
export interface BookPaint {
  /** By the host's clock, whole milliseconds. */
  readonly sentAt: number;
  readonly receivedAt: number;
  /** When the frame that shows it was handed over; 0 until then. */
  paintedAt: number;
}

/** What a page knows of its own book; `bookWatch` in its window. */
export interface BookWatch {
  /** Frames that change what the screen shows. */
  readonly paints: BookPaint[];
  /** Frames of the book, whatever they change. */
  frames: number;
}

/**
 * Runs in a page before anything else does: hears each frame of the book with the page, works out what the ladder has to
 * look like, and notes when the page has painted that. It shares no code with the page.
 */
export function watchBook(): void {
  interface Level {
    readonly price: string;
    readonly size: string;
  }
  interface Pending {
    readonly look: string;
    readonly paint: BookPaint;
  }
  type Side = 'asks' | 'bids';
  const SIDES = ['asks', 'bids'] as const;

  const watch: BookWatch = { paints: [], frames: 0 };
  Object.assign(window, { bookWatch: watch });
  const levels: Record<Side, Map<string, string>> = { asks: new Map(), bids: new Map() };
  const wall = (): number => performance.timeOrigin + performance.now();
  let pending: Pending[] = [];
  let latest = '';

  const ladder = (side: Side): Element | null => document.querySelector(`ul[data-side="${side}"]`);

  /** The best levels of both sides, as many as there is room for. */
  const lookOfBook = (): string =>
    SIDES.map((side) => {
      const away = side === 'asks' ? 1 : -1;
      const room = ladder(side)?.childElementCount ?? 0;
      const best = [...levels[side]]
        .toSorted(([a], [b]) => away * (Number(a) - Number(b)))
        .slice(0, room)
        .flat();
      return best.join(' ');
    }).join('|');

  const lookOfScreen = (): string =>
    SIDES.map((side) => {
      const rows = [...(ladder(side)?.children ?? [])];
      const texts = rows.map((row) => [...row.querySelectorAll('data')].map(({ value }) => value));
      return (side === 'asks' ? texts.toReversed() : texts).flat().join(' ');
    }).join('|');

  // Nothing tells when a frame is out. But a task that is asked for within its callbacks comes right after it.
  let isInFrame = false;
  const soon = (call: () => void): void => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', call);
    port1.start();
    port2.postMessage(null);
  };
  const nextFrame = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (call) =>
    nextFrame((time) => {
      if (!isInFrame) {
        isInFrame = true;
        soon(() => {
          isInFrame = false;
        });
      }
      call(time);
    });
  const afterPaint = (call: () => void): void => {
    if (isInFrame) soon(call);
    else
      nextFrame(() => {
        soon(call);
      });
  };

  const hear = (text: unknown): void => {
    const receivedAt = wall();
    if (typeof text !== 'string' || !text.startsWith('{"type":"MARKET_DATA"')) return;
    const { sentAt, data } = JSON.parse(text) as {
      sentAt: number;
      data: { channel: string; kind: string; book: Record<Side, readonly Level[]> };
    };
    if (data.channel !== 'book') return;
    watch.frames += 1;
    for (const side of SIDES) {
      if (data.kind === 'snapshot') levels[side].clear();
      for (const { price, size } of data.book[side])
        if (size === '0') levels[side].delete(price);
        else levels[side].set(price, size);
    }
    const look = lookOfBook();
    // What changed lies deeper than is shown.
    if (look === latest) return;
    latest = look;
    const paint = { sentAt, receivedAt, paintedAt: 0 };
    watch.paints.push(paint);
    pending.push({ look, paint });
  };
  window.WebSocket = class extends WebSocket {
    constructor(...args: ConstructorParameters<typeof WebSocket>) {
      super(...args);
      this.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        hear(data);
      });
    }
  };

  new MutationObserver(() => {
    if (pending.length === 0) return;
    const look = lookOfScreen();
    const at = pending.findLastIndex((one) => one.look === look);
    if (at === -1) return;
    // A frame that was overtaken by the next is seen with it.
    const shown = pending.slice(0, at + 1);
    pending = pending.slice(at + 1);
    afterPaint(() => {
      const paintedAt = wall();
      for (const { paint } of shown) paint.paintedAt = paintedAt;
    });
  }).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ['value'],
  });
}
