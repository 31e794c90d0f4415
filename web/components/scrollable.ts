/** Makes a box reachable by keyboard for as long as its content is larger than the box; `data-more` says that some of it is out of sight to the right. */
export const scrollable = (label: string) => (box: HTMLElement) => {
  const more = () => {
    box.toggleAttribute('data-more', box.scrollLeft + box.clientWidth < box.scrollWidth - 1);
  };
  const update = () => {
    more();
    const scrolls = box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1;
    if (!scrolls) {
      for (const name of ['tabindex', 'role', 'aria-label']) box.removeAttribute(name);
      return;
    }
    box.tabIndex = 0;
    box.setAttribute('role', 'region');
    box.setAttribute('aria-label', label);
  };
  update();
  const observer = new ResizeObserver(update);
  observer.observe(box);
  for (const child of box.children) observer.observe(child);
  box.addEventListener('scroll', more, { passive: true });
  return () => {
    observer.disconnect();
    box.removeEventListener('scroll', more);
  };
};
