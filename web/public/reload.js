// A page kept open over a rebuild asks for files that are gone: it is loaded anew, once a minute at most.
(() => {
  const KEY = 'ramal.reloaded';
  const PAUSE_MS = 60_000;

  function reload() {
    try {
      if (Date.now() - Number(sessionStorage.getItem(KEY)) < PAUSE_MS) return;
      sessionStorage.setItem(KEY, String(Date.now()));
    } catch {
      return;
    }
    location.reload();
  }

  addEventListener('vite:preloadError', reload);
  addEventListener(
    'error',
    (event) => {
      if (event.target instanceof HTMLScriptElement || event.target instanceof HTMLLinkElement) reload();
    },
    true,
  );
})();
