/** Where the reader is. The address is the state: nothing here is kept anywhere else. */
class Route {
  path = $state(location.pathname);
  query = $state.raw(new URLSearchParams(location.search));
  /** Set while a page has work that would be lost: it is asked whether to `leave`. */
  hold: ((leave: () => void) => void) | undefined;

  constructor() {
    window.addEventListener('popstate', () => this.#back());
    document.addEventListener('click', (event) => this.#follow(event));
  }

  go(href: string, { replace = false, keepScroll = false } = {}): void {
    if (href === location.pathname + location.search) return;
    if (this.hold && pathOf(href) !== this.path) {
      this.hold(() => this.go(href, { replace, keepScroll }));
      return;
    }
    history[replace ? 'replaceState' : 'pushState'](null, '', href);
    const moved = location.pathname !== this.path;
    this.#read();
    if (moved && !keepScroll) scrollTo(0, 0);
  }

  /** The browser has already gone: where the page is held, it comes back until it may leave. */
  #back(): void {
    const href = location.pathname + location.search;
    if (!this.hold || location.pathname === this.path) {
      this.#read();
      return;
    }
    const query = this.query.size > 0 ? `?${this.query}` : '';
    history.pushState(null, '', this.path + query);
    this.hold(() => this.go(href));
  }

  #read(): void {
    this.path = location.pathname;
    this.query = new URLSearchParams(location.search);
  }

  /** Turns plain clicks on inner links into moves without a reload. */
  #follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const link = (event.target as Element | null)?.closest?.('a');
    const href = link?.getAttribute('href');
    if (!link || !href?.startsWith('/') || href.startsWith('/api/') || link.hasAttribute('download')) return;
    event.preventDefault();
    this.go(href);
  }
}

const pathOf = (href: string): string => new URL(href, location.href).pathname;

export const route = new Route();
